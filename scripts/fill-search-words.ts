import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { type DatabaseLocation, executeSql } from "./database/execute-sql.ts";
import { assertWorkerRuns, fireTick } from "./reconcile/follow-run.ts";
import { readPort } from "./reconcile/options.ts";
import { createProgressDisplay } from "./reconcile/progress-display.ts";

const usage = `npm run search:fill -- [options]

  --all              store the words of all rows again
  --remote           use the deployed worker and D1 instead of the local ones
  --port <port>      port of the local worker (8787)
  --state <folder>   folder of the local D1 (.wrangler/state)`;

/** The remote cron runs every two minutes. */
const remotePollMs = 10_000;
const timeoutMs = 10 * 60_000;

/**
 * `npm run search:fill`: waits until all rows have their search words. The worker does the work, so
 * it continues even if this command is interrupted.
 * @throws for an unknown option, if the worker or D1 does not answer, or without progress.
 */
async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      all: { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
      port: { type: "string", default: "8787" },
      state: { type: "string", default: ".wrangler/state" },
    },
  });
  if (values.help) return usage;
  const port = readPort(values.port);
  await assertWorkerRuns({ remote: values.remote, port });
  if (values.all) await executeSql(values, startAll);
  await waitUntilFilled(values, port);
  return "All rows have their search words.";
}

const startAll = `insert or replace into search_fills (kind) values ('course'), ('purchase'), ('user')`;

const fillSchema = z.object({ kind: z.string(), course_id: z.string(), cursor: z.string() });

const readFills = async (location: DatabaseLocation) =>
  z.array(fillSchema).parse(await executeSql(location, "select * from search_fills"));

async function waitUntilFilled(location: DatabaseLocation, port: number): Promise<void> {
  const display = createProgressDisplay(process.stdout);
  let fills = await readFills(location);
  let progressAt = Date.now();
  while (fills.length > 0) {
    const kinds = [...new Set(fills.map(({ kind }) => kind))];
    display.show(`Storing words: ${kinds.join(", ")}. Now after “${fills[0]?.cursor}”.`);
    await (location.remote ? delay(remotePollMs) : fireTick(port).done);
    const next = await readFills(location);
    if (JSON.stringify(next) !== JSON.stringify(fills)) progressAt = Date.now();
    else if (!location.remote || Date.now() - progressAt > timeoutMs) {
      throw new Error("No words were stored. Does the worker's log have job.failed?");
    }
    fills = next;
  }
  display.end();
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
