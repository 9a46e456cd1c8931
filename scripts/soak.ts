import { inspect, parseArgs } from "node:util";
import * as z from "zod";
import "../tests/support/short-keep-alive.ts";
import { setups } from "../tests/clerk/deployment.ts";
import { checkSchedules } from "../tests/support/convergence/check-schedules.ts";
import { checkRefundSchedules } from "../tests/support/payments/check-refund-schedules.ts";
import { checkPaymentSchedules } from "../tests/support/payments/check-schedules.ts";

/**
 * `npm run test:soak -- [--payments|--refunds] --schedules 20000 [--seed N] [--clerk cname]`: runs
 * the convergence test, with one of the setups of tests/clerk/README.md, or that of payments or
 * refunds, with many schedules. Prints its progress and a tally; stops with the seed if a schedule
 * does not converge.
 */
const { values } = parseArgs({
  options: {
    payments: { type: "boolean", default: false },
    refunds: { type: "boolean", default: false },
    schedules: { type: "string", default: "20000" },
    clerk: { type: "string", default: "local" },
    seed: { type: "string", default: `${Date.now() % 2 ** 31}` },
  },
});
const schedules = Number(values.schedules);
const seed = Number(values.seed);
const clerkSetup = z.enum(setups).parse(values.clerk);
const startedAt = Date.now();

console.log(`${schedules} schedules, seed ${seed}`);
let divergences = 0;
let reported = 0;
const progress = ({ schedules: done }: { schedules: number }) => {
  if (done - reported < 500) return;
  reported = done;
  console.log(`${done} of ${schedules} after ${Math.round((Date.now() - startedAt) / 1000)} s`);
};
function start() {
  if (values.refunds) return checkRefundSchedules(schedules, seed, progress);
  if (values.payments) return checkPaymentSchedules(schedules, seed, progress);
  return checkSchedules(schedules, seed, { clerkSetup, progress });
}

const tally = await start().catch((error: unknown) => {
  divergences = 1;
  console.error(inspect(error, { depth: 10 }));
  return null;
});
if (tally) console.log({ seed, ...tally, divergences });
process.exitCode = divergences;
