import { expect, test } from "vitest";
import { checkPaymentSchedules } from "../support/payments/check-schedules.ts";

/** `npm run test:soak -- --payments` runs thousands. */
const schedules = 60;
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

test("everyone who pays has access in the end and nobody else, whatever happens", async () => {
  console.log(`seed ${seed}: run again with SEED=${seed}`);
  const tally = await checkPaymentSchedules(schedules, seed);
  console.log(tally);
  expect(tally.schedules).toBeGreaterThanOrEqual(schedules);
  expect(Math.min(tally.faults, tally.paid, tally.flagged)).toBeGreaterThan(0);
});
