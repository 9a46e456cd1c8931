import { parseArgs } from "node:util";
import { checkSchedules } from "../tests/support/convergence/check-schedules.ts";

/**
 * `npm run test:soak -- --schedules 20000 [--seed N]`: the convergence test, as long as asked. Prints how far it has come, and
 * at the end what was played; a schedule that does not converge ends it with its seed.
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
let output = 0;
const tally = await checkSchedules(schedules, seed, (soFar) => {
  if (soFar.schedules - output < 500) return;
  output = soFar.schedules;
  console.log(
    `${soFar.schedules} of ${schedules} after ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
}).catch((error: unknown) => {
  divergences = 1;
  console.error(error);
  return null;
});
if (tally) console.log({ seed, ...tally, divergences });
process.exitCode = divergences;
