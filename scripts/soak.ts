import { parseArgs } from "node:util";
import * as z from "zod";
import { setups } from "../tests/clerk/deployment.ts";
import { checkSchedules, type Tally } from "../tests/support/convergence/check-schedules.ts";

/**
 * `npm run test:soak -- --schedules 20000 [--seed N] [--clerk cname]`: runs the convergence test
 * with many schedules, with one of the setups of tests/clerk/README.md. Prints its progress and a tally; stops with the seed if a schedule does not converge.
 */
const { values } = parseArgs({
  options: {
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
const report = ({ schedules: done }: Tally) => {
  if (done - reported < 500) return;
  reported = done;
  console.log(`${done} of ${schedules} after ${Math.round((Date.now() - startedAt) / 1000)} s`);
};
const tally = await checkSchedules(schedules, seed, { clerkSetup, progress: report }).catch(
  (error: unknown) => {
    divergences = 1;
    console.error(error);
    return null;
  },
);
if (tally) console.log({ seed, ...tally, divergences });
process.exitCode = divergences;
