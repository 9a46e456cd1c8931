import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { rendererVersion } from "../app/features/courses/markdown-renderer-version.ts";
import { type DatabaseLocation, executeSql } from "./database/execute-sql.ts";
import { assertWorkerRuns, fireTick } from "./reconcile/follow-run.ts";
import { readPort } from "./reconcile/options.ts";
import { createProgressDisplay } from "./reconcile/progress-display.ts";

const usage = `npm run render -- [options]

  --remote           the deployed worker and its D1, not those on this machine
  --port <port>      where the local worker listens (8787)
  --state <folder>   where the local D1 is kept (.wrangler/state)`;

/** The remote cron comes every two minutes. */
const remotePollMs = 10_000;
const timeoutMs = 10 * 60_000;

/**
 * `npm run render`: watches until every text in Markdown was rendered by this version. The worker renders them, so it goes on
 * should this terminal be closed.
 * @throws when an option is unknown, when the worker or D1 does not answer, or when nothing is rendered for ten minutes.
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
  const remark = asSource > 0 ? ` Too much for it, and shown as source: ${asSource}.` : "";
  return `Texts left to render: ${left}.${remark}`;
}

const countsSchema = z.object({ left: z.int(), asSource: z.int() });

async function countTexts(place: DatabaseLocation) {
  const [counts] = await executeSql(
    place,
    `select count(*) filter (where renderer < ${rendererVersion}) as left,
      count(*) filter (where renderer >= ${rendererVersion} and html is null) as asSource
      from rendered_texts`,
  );
  return countsSchema.parse(counts);
}

async function waitUntilRendered(place: DatabaseLocation, port: number) {
  const display = createProgressDisplay(process.stdout);
  let counts = await countTexts(place);
  let progressAt = Date.now();
  while (counts.left > 0) {
    display.show(`Texts left to render: ${counts.left}`);
    await (place.remote ? delay(remotePollMs) : fireTick(port).done);
    const next = await countTexts(place);
    if (next.left < counts.left) progressAt = Date.now();
    else if (!place.remote || Date.now() - progressAt > timeoutMs) {
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
