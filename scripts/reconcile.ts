import { assertWorkerRuns, followRun } from "./reconcile/follow-run.ts";
import { type CommandOptions, readOptions, usage } from "./reconcile/options.ts";
import { createProgressDisplay } from "./reconcile/progress-display.ts";
import { exitCodeOf, progressText, reportText } from "./reconcile/report.ts";
import { type RunRecord, requestRun } from "./reconcile/runs-in-d1.ts";

/**
 * `npm run reconcile`: compares all of Clerk's users with all rows, and repairs what differs. It only asks for the run and
 * watches it; the worker does it, so the run goes on should this terminal be closed.
 */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    console.log(usage);
    return 0;
  }
  const options = readOptions(args);
  await assertWorkerRuns(options);
  const { run: begun, isNew } = await requestRun(options, Date.now());
  if (!isNew) console.log(joinedRunMessage(begun, options));
  const display = createProgressDisplay(process.stdout);
  try {
    const run = await followRun(options, begun, (stands) => display.show(progressLine(stands)));
    display.end();
    console.log(`\n${reportText(run)}`);
    return exitCodeOf(run);
  } catch (error) {
    display.end();
    throw error;
  }
}

/** A run that could not do its last page rests and says why. */
function progressLine(run: RunRecord): string {
  const waiting = run.error === null || run.finishedAt !== null ? "" : `  waiting: ${run.error}`;
  return `${progressText(run)}${waiting}`;
}

function joinedRunMessage(run: RunRecord, asked: CommandOptions): string {
  const other =
    run.mode === asked.mode && run.allowMassDeletion === asked.allowMassDeletion
      ? ""
      : ` It is a ${run.mode} run ${run.allowMassDeletion ? "with" : "without"} mass deletion; what you asked for needs a second one.`;
  return `A run is under way already; this is its progress.${other}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
