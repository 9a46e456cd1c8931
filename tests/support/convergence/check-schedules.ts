import fc from "fast-check";
import type { Setup } from "../../clerk/deployment.ts";
import { type Platform, startPlatform } from "../platform.ts";
import { expectConverged, runRepairs } from "./oracle.ts";
import { runSchedule } from "./run-schedule.ts";
import { type Schedule, schedule } from "./schedule.ts";

/** Schedules that run at once on a shared platform; one reconciliation serves them all. */
const concurrency = 10;

interface Tally {
  schedules: number;
  operations: number;
  faults: number;
  users: number;
}

interface CheckOptions {
  clerkSetup?: Setup;
  progress?: (tally: Tally) => void;
}

/**
 * Runs random schedules on the built worker and compares the final state with the oracle.
 * @throws with the seed and the smallest failing schedules if one does not converge.
 */
export async function checkSchedules(
  schedules: number,
  seed: number,
  { clerkSetup = "local", progress }: CheckOptions = {},
) {
  const platform = await startPlatform(
    {},
    { withFaults: true, clerkSetup, isDirect: true, withFiles: false },
  );
  const tally: Tally = { schedules: 0, operations: 0, faults: 0, users: 0 };
  const batches = fc.array(schedule, { minLength: concurrency, maxLength: concurrency });
  const property = fc.asyncProperty(batches, async (batch) => {
    await runConcurrently(platform, batch, tally);
    progress?.(tally);
  });
  try {
    await fc.assert(property, {
      numRuns: Math.ceil(schedules / concurrency),
      seed,
      endOnFailure: true,
    });
  } finally {
    await platform.close();
  }
  return tally;
}

async function runConcurrently(
  platform: Platform,
  batch: readonly Schedule[],
  tally: Tally,
): Promise<void> {
  await platform.clerk.hold();
  await platform.clerk.reset();
  for (const table of ["users", "search_words", "webhook_deliveries", "reconcile_runs"])
    await platform.db.exec(`delete from ${table}`);
  const users = (
    await Promise.all(batch.map((schedule) => runSchedule(platform, schedule)))
  ).flat();
  tally.faults = (await platform.readFaultReport()).totalInjected;
  await runRepairs(platform);
  await expectConverged(platform, users);
  tally.schedules += batch.length;
  tally.operations += batch.flat(2).length;
  tally.users += users.length;
}
