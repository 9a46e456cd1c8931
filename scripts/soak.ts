import { parseArgs } from "node:util";
import { checkSchedules } from "../tests/support/convergence/check-schedules.ts";

/**
 * `npm run test:soak -- --schedules 20000 [--seed N]`: runs the convergence test with many
 * schedules. Prints its progress and a tally; stops with the seed if a schedule does not converge.
 */
const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "20000" },
    seed: { type: "string", default: `${Date.now() % 2 ** 31}` },
  },
});
const schedules = Number(values.schedules);
const seed = Number(values.seed);
const startedAt = Date.now();

console.log(`${schedules} schedules, seed ${seed}`);
let divergences = 0;
let reported = 0;
const tally = await checkSchedules(schedules, seed, (progress) => {
  if (progress.schedules - reported < 500) return;
  reported = progress.schedules;
  console.log(
    `${progress.schedules} of ${schedules} after ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
}).catch((error: unknown) => {
  divergences = 1;
  console.error(error);
  return null;
});
if (tally) console.log({ seed, ...tally, divergences });
process.exitCode = divergences;
