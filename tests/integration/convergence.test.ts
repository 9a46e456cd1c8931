import { expect, test } from "vitest";
import { checkSchedules } from "../support/convergence/check-schedules.ts";

/** `npm run test:soak` runs thousands. */
const schedules = 80;
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

test("D1 matches Clerk in the end, whatever is lost, duplicated, late, concurrent or out of order", async () => {
  console.log(`seed ${seed}: run again with SEED=${seed}`);
  const tally = await checkSchedules(schedules, seed);
  console.log(tally);
  expect(tally.schedules).toBeGreaterThanOrEqual(schedules);
  expect(tally.faults).toBeGreaterThan(0);
}, 600_000);
