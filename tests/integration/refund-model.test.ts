import { expect, test } from "vitest";
import { checkRefundSchedules } from "../support/payments/check-refund-schedules.ts";

/** `npm run test:soak -- --refunds` runs thousands. */
const schedules = 40;
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

test("money goes back once and access follows, whatever happens", async () => {
  console.log(`seed ${seed}: run again with SEED=${seed}`);
  const tally = await checkRefundSchedules(schedules, seed);
  console.log(tally);
  expect(tally.schedules).toBeGreaterThanOrEqual(schedules);
  const { faults, refunds, failedRefunds, disputes, ended } = tally;
  expect(Math.min(faults, refunds, failedRefunds, disputes, ended)).toBeGreaterThan(0);
});
