import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import * as z from "zod";
import { versions } from "./machine.ts";
import { measureBurst } from "./volume/burst.ts";
import { volumePage } from "./volume/markdown.ts";
import { measureReconcile } from "./volume/reconcile.ts";

const page = "bench/VOLUME.md";

const countSchema = z.coerce.number().int().positive();

const packages = ["workerd", "miniflare", "@remix-run/cloudflare", "drizzle-orm", "svix"];

const { values } = parseArgs({
  options: {
    users: { type: "string", default: "100000" },
    events: { type: "string", default: "5000" },
  },
});
const users = countSchema.parse(values.users);
const events = countSchema.parse(values.events);

const [loadBefore = 0] = loadavg();
console.log(`Reconciling ${users} users, three times …`);
const reconcile = await measureReconcile(users);
console.log(`Sending ${events} webhooks, to two workers …`);
const burst = await measureBurst(events);
const command = `npm run bench:volume -- --users ${users} --events ${events}`;
const text = volumePage({
  command,
  versions: await versions(packages),
  loadBefore,
  reconcile,
  burst,
});
await writeFile(page, text);
console.log(`\n${text}\nWritten to ${page}.`);
