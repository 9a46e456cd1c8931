import { existsSync } from "node:fs";
import { lockPath, lockState } from "../tests/local-service/state/file.ts";
import { applyMigrations } from "./database/apply-migrations.ts";
import { seedDemoCourses, seededMessage } from "./database/seed-demo-courses.ts";
import { readOptions } from "./local-site/options.ts";
import { assertPortFree } from "./local-site/preconditions.ts";
import { clerkStatePath, removeState } from "./local-site/state-folder.ts";
import { runCommand } from "./run-command.ts";

const usage = `npm run reset -- [options]

  --port <port>         port of the site (8787)
  --clerk-port <port>   port of the local Clerk (one above)
  --stripe-port <port>  port of the local Stripe (two above)
  --state <folder>      the data to delete: D1, KV, the local Clerk and Stripe (.wrangler/state)`;

/**
 * `npm run reset`: deletes all local data and starts over with the demo courses. A running site
 * would write its old state into the new files, so it has to be stopped first.
 * @throws if one of the site's ports is in use, or the folder does not hold a local site.
 */
async function main(args: readonly string[]): Promise<string> {
  if (args.includes("--help")) return usage;
  const { port, clerkPort, stripePort, state } = readOptions(args);
  await assertPortFree(port, "the site");
  await assertPortFree(clerkPort, "the local Clerk");
  await assertPortFree(stripePort, "the local Stripe");
  // A running site has created the lock file. Never create one in a mistyped folder.
  const statePath = clerkStatePath(state);
  const release = existsSync(lockPath(statePath)) ? lockState(statePath) : () => {};
  await removeState(state);
  release();
  await applyMigrations(state);
  const seeded = seededMessage(await seedDemoCourses({ remote: false, state }));
  return `The local site has been reset. ${seeded}`;
}

await runCommand(main);
