import { expect, test } from "vitest";
import { checkSchedules } from "../support/convergence/check-schedules.ts";

/** `npm run test:soak` plays thousands. */
const schedules = 80;
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

test("whatever is lost, doubled, late, at once or out of order, D1 and Clerk end up equal", async () => {
  console.log(`seed ${seed}: run again with SEED=${seed}`);
  const tally = await checkSchedules(schedules, seed);
  console.log(tally);
  expect(tally.schedules).toBeGreaterThanOrEqual(schedules);
  expect(tally.faults).toBeGreaterThan(0);
}, 600_000);
