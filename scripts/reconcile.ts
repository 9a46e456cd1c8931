import { lacksAdmin } from "./database/lacks-admin.ts";
import { assertWorkerRuns, followRun } from "./reconcile/follow-run.ts";
import { type CommandOptions, readOptions, usage } from "./reconcile/options.ts";
import { reconcilePayments } from "./reconcile/payments.ts";
import { createProgressDisplay } from "./reconcile/progress-display.ts";
import { exitCodeOf, pendingPushesText, progressText, reportText } from "./reconcile/report.ts";
import { countPendingPushes, type RunRecord, requestRun } from "./reconcile/runs-in-d1.ts";

/**
 * `npm run reconcile`: compares all Clerk users with all rows and repairs differences. The worker
 * does the work, so the run continues even if this command is interrupted.
 */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    console.log(usage);
    return 0;
  }
  const options = readOptions(args);
  await assertWorkerRuns(options);
  if (options.payments) return reportPayments(options);
  const { run: initialRun, isNew } = await requestRun(options, Date.now());
  if (!isNew) console.log(joinedRunMessage(initialRun, options));
  const display = createProgressDisplay(process.stdout);
  try {
    const run = await followRun(options, initialRun, (current) =>
      display.show(progressLine(current)),
    );
    display.end();
    console.log(`\n${reportText(run)}`);
    const pending = run.mode === "repair" ? await countPendingPushes(options) : 0;
    if (pending > 0) console.log(pendingPushesText(pending));
    if (await lacksAdmin(options)) console.error(`\n${missingAdminMessage}`);
    return exitCodeOf(run);
  } catch (error) {
    display.end();
    throw error;
  }
}

async function reportPayments(options: CommandOptions): Promise<number> {
  const display = createProgressDisplay(process.stdout);
  try {
    const { report, exitCode } = await reconcilePayments(options, (text) => display.show(text));
    display.end();
    console.log(`\n${report}`);
    return exitCode;
  } catch (error) {
    display.end();
    throw error;
  }
}

const missingAdminMessage =
  "No active admin is left. `npm run admin:grant -- <email>` makes a user an admin.";

function progressLine(run: RunRecord): string {
  const retryReason =
    run.error === null || run.finishedAt !== null ? "" : `  waiting to retry: ${run.error}`;
  return `${progressText(run)}${retryReason}`;
}

function joinedRunMessage(run: RunRecord, requested: CommandOptions): string {
  const difference =
    optionsText(run) === optionsText(requested)
      ? ""
      : ` It is ${optionsText(run)}; start another run afterwards for the options you chose.`;
  return `A run is already in progress; showing its progress.${difference}`;
}

type RunOptions = Pick<CommandOptions, "mode" | "allowMassDeletion" | "adoptInstance">;

function optionsText({ mode, allowMassDeletion, adoptInstance }: RunOptions): string {
  const adoption = adoptInstance ? " that adopts the Clerk instance" : "";
  return `a ${mode} run ${allowMassDeletion ? "with" : "without"} mass deletion${adoption}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
