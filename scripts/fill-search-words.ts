import { parseArgs } from "node:util";
import * as z from "zod";
import { type DatabaseLocation, executeSql } from "./database/execute-sql.ts";
import { followJob, jobOptions, jobOptionsUsage } from "./follow-job.ts";
import { runCommand } from "./run-command.ts";

const usage = `npm run search:fill -- [options]

  --all              store the words of all rows again
${jobOptionsUsage}`;

/** `npm run search:fill`: waits until all rows have their search words. */
async function main(args: readonly string[]): Promise<string> {
  const options = { ...jobOptions, all: { type: "boolean", default: false } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return usage;
  await followJob(values, {
    ...(values.all && { start: (location) => executeSql(location, startAll) }),
    read: readFills,
    isDone: (fills) => fills.length === 0,
    describe: describeFills,
    hasAdvanced: (before, now) => JSON.stringify(before) !== JSON.stringify(now),
    stuck: "No words were stored. Does the worker's log have job.failed?",
  });
  return "All rows have their search words.";
}

const startAll = `insert or replace into search_fills (kind) values ('course'), ('purchase'), ('user')`;

const fillSchema = z.object({ kind: z.string(), course_id: z.string(), cursor: z.string() });
type Fill = z.infer<typeof fillSchema>;

const readFills = async (location: DatabaseLocation) =>
  z.array(fillSchema).parse(await executeSql(location, "select * from search_fills"));

function describeFills(fills: readonly Fill[]): string {
  const kinds = [...new Set(fills.map(({ kind }) => kind))];
  return `Storing words: ${kinds.join(", ")}. Now after “${fills[0]?.cursor}”.`;
}

await runCommand(main);
