import { parseArgs } from "node:util";
import * as z from "zod";
import { rendererVersion } from "../app/features/courses/markdown-renderer-version.ts";
import { type DatabaseLocation, executeSql } from "./database/execute-sql.ts";
import { followJob, jobOptions, jobOptionsUsage } from "./follow-job.ts";
import { runCommand } from "./run-command.ts";

const usage = `npm run render -- [options]

${jobOptionsUsage}`;

/** `npm run render`: waits until the current version has rendered every Markdown text. */
async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({ args: [...args], options: jobOptions });
  if (values.help) return usage;
  const { left, asSource } = await followJob(values, {
    read: countTexts,
    isDone: (counts) => counts.left === 0,
    describe: (counts) => `Texts left to render: ${counts.left}`,
    hasAdvanced: (before, now) => now.left < before.left,
    stuck: `No text was rendered. Is renderer version ${rendererVersion} deployed?`,
  });
  const remark = asSource > 0 ? ` Too large to render, shown as source: ${asSource}.` : "";
  return `Texts left to render: ${left}.${remark}`;
}

const countsSchema = z.object({ left: z.int(), asSource: z.int() });

async function countTexts(location: DatabaseLocation) {
  const [counts] = await executeSql(
    location,
    `select count(*) filter (where renderer < ${rendererVersion}) as left,
      count(*) filter (where renderer >= ${rendererVersion} and html is null) as asSource
      from rendered_texts`,
  );
  return countsSchema.parse(counts);
}

await runCommand(main);
