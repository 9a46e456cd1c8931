import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { rendererVersion } from "../app/features/courses/markdown-renderer-version.ts";
import { type DatabaseLocation, executeSql } from "./database/execute-sql.ts";
import { assertWorkerRuns, fireTick } from "./reconcile/follow-run.ts";
import { readPort } from "./reconcile/options.ts";
import { createProgressDisplay } from "./reconcile/progress-display.ts";

const usage = `npm run render -- [options]

  --remote           use the deployed worker and D1 instead of the local ones
  --port <port>      port of the local worker (8787)
  --state <folder>   folder of the local D1 (.wrangler/state)`;

/** The remote cron runs every two minutes. */
const remotePollMs = 10_000;
const timeoutMs = 10 * 60_000;

/**
 * `npm run render`: waits until the current version has rendered every Markdown text. The worker
 * does the work, so it continues even if this command is interrupted.
 * @throws for an unknown option, if the worker or D1 does not answer, or without progress.
 */
async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
      port: { type: "string", default: "8787" },
      state: { type: "string", default: ".wrangler/state" },
    },
  });
  if (values.help) return usage;
  const port = readPort(values.port);
  await assertWorkerRuns({ remote: values.remote, port });
  const { left, asSource } = await waitUntilRendered(values, port);
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

async function waitUntilRendered(location: DatabaseLocation, port: number) {
  const display = createProgressDisplay(process.stdout);
  let counts = await countTexts(location);
  let progressAt = Date.now();
  while (counts.left > 0) {
    display.show(`Texts left to render: ${counts.left}`);
    await (location.remote ? delay(remotePollMs) : fireTick(port).done);
    const next = await countTexts(location);
    if (next.left < counts.left) progressAt = Date.now();
    else if (!location.remote || Date.now() - progressAt > timeoutMs) {
      throw new Error(`No text was rendered. Is renderer version ${rendererVersion} deployed?`);
    }
    counts = next;
  }
  display.end();
  return counts;
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
