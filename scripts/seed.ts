import { parseArgs } from "node:util";
import { applyMigrations } from "./database/apply-migrations.ts";
import { seedDemoCourses, seededMessage } from "./database/seed-demo-courses.ts";

const usage = `npm run seed -- [options]

  --remote           the deployed D1, not the one on this machine; its migrations must have been applied
  --state <folder>   where the local D1 is kept (.wrangler/state)`;

/**
 * `npm run seed`: courses to look at, in a catalogue that may hold others. Run again, it adds only those that are missing.
 * @throws when an option is unknown or D1 does not answer.
 */
async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
      state: { type: "string", default: ".wrangler/state" },
    },
  });
  if (values.help) return usage;
  if (!values.remote) await applyMigrations(values.state);
  return seededMessage(await seedDemoCourses(values));
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
