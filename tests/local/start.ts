import { banner } from "./banner.ts";
import { type Clerk, startClerk } from "./clerk.ts";
import { applyMigrations } from "./migrations.ts";
import { readOptions } from "./options.ts";
import { assertBuilt, assertPortFree } from "./preconditions.ts";
import { createProcessGroup } from "./process-group.ts";
import { seedDemoCourses } from "./seed-courses.ts";
import { startWatch, startWorker } from "./worker.ts";

/**
 * `npm start` and, with `--watch`, `npm run dev`: everything the platform needs, on this machine. Against the local Clerk,
 * unless `.dev.vars` holds the keys of a real one. Leaves nothing running, however it ends.
 */
async function start(args: readonly string[]): Promise<void> {
  const group = createProcessGroup();
  try {
    const options = readOptions(args);
    await assertBuilt();
    await assertPortFree(options.port, "the site");
    const clerk = await startClerk(group, options);
    await bringUpDatabase(options.state, clerk);
    if (options.watch) startWatch(group);
    await startWorker(group, options, clerk.envFile);
    console.log(banner(options, clerk));
    await group.ended;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  } finally {
    await group.stop();
  }
}

/** A catalogue of one's own starts with something in it; beside a real Clerk, nobody asked for demo courses. */
async function bringUpDatabase(state: string, clerk: Clerk): Promise<void> {
  const migrated = await applyMigrations(state);
  if (!migrated || clerk.kind === "real") return;
  await seedDemoCourses({ remote: false, state }, { onlyIfEmpty: true });
}

await start(process.argv.slice(2));
