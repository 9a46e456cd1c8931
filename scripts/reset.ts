import { existsSync } from "node:fs";
import { lockPath, lockState } from "../tests/clerk/state/file.ts";
import { applyMigrations } from "./database/apply-migrations.ts";
import { seedDemoCourses, seededMessage } from "./database/seed-demo-courses.ts";
import { readOptions } from "./local-site/options.ts";
import { assertPortFree } from "./local-site/preconditions.ts";
import { clerkStatePath, removeState } from "./local-site/state-folder.ts";

const usage = `npm run reset -- [options]

  --port <port>         where the site would listen (8787)
  --clerk-port <port>   where the local Clerk would listen (8788)
  --state <folder>      what is deleted: D1, KV and the local Clerk (.wrangler/state)`;

/**
 * `npm run reset`: the local site as it was at the beginning. A site that still runs would write what it remembers into the
 * new files, so it has to be stopped first.
 * @throws when something listens on the site's ports, or the folder is no local site's.
 */
async function main(args: readonly string[]): Promise<string> {
  if (args.includes("--help")) return usage;
  const { port, clerkPort, state } = readOptions(args);
  await assertPortFree(port, "the site");
  await assertPortFree(clerkPort, "the local Clerk");
  // Whoever runs on this state has created the lock's file. A mistyped folder must stay as it is.
  const statePath = clerkStatePath(state);
  const release = existsSync(lockPath(statePath)) ? lockState(statePath) : () => {};
  await removeState(state);
  release();
  await applyMigrations(state);
  const seeded = seededMessage(await seedDemoCourses({ remote: false, state }));
  return `The local site is back at its beginning. ${seeded}`;
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
