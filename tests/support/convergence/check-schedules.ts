import fc from "fast-check";
import { type Platform, startPlatform } from "../platform.ts";
import { expectConverged, runRepairs } from "./oracle.ts";
import { playSchedule } from "./play-schedule.ts";
import { type Schedule, schedule } from "./schedule.ts";

/** Schedules that share a platform at a time: more happens at once, and one comparison with Clerk serves them all. */
const concurrency = 10;

export interface Tally {
  schedules: number;
  operations: number;
  faults: number;
  people: number;
}

/**
 * Plays random schedules on the built worker and holds the end against the oracle.
 * @throws with the seed and the smallest schedules found, when one does not converge.
 */
export async function checkSchedules(
  schedules: number,
  seed: number,
  progress?: (tally: Tally) => void,
) {
  const platform = await startPlatform({}, { withFaults: true });
  const tally: Tally = { schedules: 0, operations: 0, faults: 0, people: 0 };
  const together = fc.array(schedule, { minLength: concurrency, maxLength: concurrency });
  const property = fc.asyncProperty(together, async (batch) => {
    await playConcurrently(platform, batch, tally);
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

async function playConcurrently(
  platform: Platform,
  batch: readonly Schedule[],
  tally: Tally,
): Promise<void> {
  await platform.clerk.hold();
  await platform.clerk.reset();
  for (const table of ["users", "webhook_deliveries", "reconcile_runs"])
    await platform.db.exec(`delete from ${table}`);
  const people = (
    await Promise.all(batch.map((schedule) => playSchedule(platform, schedule)))
  ).flat();
  tally.faults = (await platform.readFaultReport()).injectedInAll;
  await runRepairs(platform);
  await expectConverged(platform, people);
  tally.schedules += batch.length;
  tally.operations += batch.flat(2).length;
  tally.people += people.length;
}
