import { lockState } from "../../tests/local-service/state/file.ts";
import { applyMigrations } from "../database/apply-migrations.ts";
import { seedDemoCourses } from "../database/seed-demo-courses.ts";
import { banner } from "./banner.ts";
import { readOptions } from "./options.ts";
import { assertBuilt, assertPortFree } from "./preconditions.ts";
import type { ProcessGroup } from "./process-group.ts";
import { runGroup } from "./run-group.ts";
import { type Services, startServices } from "./services.ts";
import { assertStateReadable, clerkStatePath } from "./state-folder.ts";
import { keepRunning } from "./supervisor.ts";
import { createWorkerStarter, startWatch } from "./worker.ts";

/**
 * `npm start` and, with `--watch`, `npm run dev`: runs the whole platform locally, with local
 * services unless `.dev.vars` has the keys of real ones.
 */
async function start(group: ProcessGroup, args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  await assertBuilt();
  group.add(lockState(clerkStatePath(options.state)));
  await assertPortFree(options.port, "the site");
  await assertStateReadable(options.state);
  const services = await startServices(group, options);
  await prepareDatabase(options.state, services, group.signal);
  if (options.watch) startWatch(group);
  const startWorker = createWorkerStarter(group, options, services.envFile);
  const worker = startWorker();
  await worker.ready;
  console.log(banner(options, services));
  await keepRunning(worker, startWorker, group.signal);
}

/** Adds demo courses to a new local site, but not when it uses real services. */
async function prepareDatabase(
  state: string,
  services: Services,
  signal: AbortSignal,
): Promise<void> {
  const migrated = await applyMigrations(state, signal);
  if (!migrated || services.kind === "real") return;
  await seedDemoCourses({ remote: false, state }, { onlyIfEmpty: true });
}

await runGroup((group) => start(group, process.argv.slice(2)));
