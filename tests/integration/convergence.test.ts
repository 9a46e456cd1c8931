import { expect, test } from "vitest";
import { checkSchedules } from "../support/convergence/check-schedules.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** `npm run test:soak` runs thousands. */
test.each([
  ["local", 60],
  ["cname", 20],
] as const)(
  "D1 matches Clerk (%s) in the end, whatever is lost, duplicated, late, concurrent or out of order",
  async (clerkSetup, schedules) => {
    console.log(`seed ${seed}: run again with SEED=${seed}`);
    const tally = await checkSchedules(schedules, seed, { clerkSetup });
    console.log(tally);
    expect(tally.schedules).toBeGreaterThanOrEqual(schedules);
    expect(tally.faults).toBeGreaterThan(0);
  },
);
