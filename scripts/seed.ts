import { parseArgs } from "node:util";
import { applyMigrations } from "./database/apply-migrations.ts";
import { seedDemoCourses, seededMessage } from "./database/seed-demo-courses.ts";
import { runCommand } from "./run-command.ts";

const usage = `npm run seed -- [options]

  --remote           use the deployed D1 instead of the local one; apply its migrations first
  --state <folder>   folder of the local D1 (.wrangler/state)`;

/**
 * `npm run seed`: adds the demo courses that are missing; other courses stay unchanged.
 * @throws if an option is unknown or D1 does not answer.
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

await runCommand(main);
