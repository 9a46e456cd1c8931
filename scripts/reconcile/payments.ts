import { setTimeout as delay } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import * as z from "zod";
import { type PaymentDrift, paymentDriftKinds, paymentRunPhases } from "../../app/db/enums.ts";
import { executeSql } from "../database/execute-sql.ts";
import { fireTick } from "./follow-run.ts";
import type { CommandOptions } from "./options.ts";

const driftSchema = z.object({
  kind: z.enum(paymentDriftKinds),
  purchaseId: z.string().nullable(),
  stripeId: z.string(),
});

const runSchema = z.object({
  id: z.string(),
  mode: z.enum(["repair", "dry-run"]),
  phase: z.enum(paymentRunPhases),
  pages: z.number(),
  checked: z.number(),
  paid_there: z.number(),
  paid_here: z.number(),
  refunded_there: z.number(),
  disputed_there: z.number(),
  undelivered: z.number(),
  drift: z.string().transform((json) => z.array(driftSchema).parse(JSON.parse(json))),
  finished_at: z.number().nullable(),
  error: z.string().nullable(),
});
export type PaymentRunRecord = z.infer<typeof runSchema>;

const localPollMs = 1_000;
const remotePollMs = 5_000;
/** Maximum time without progress. */
const timeoutMs = 10 * 60_000;

/**
 * `npm run reconcile -- --payments`: compares the payments of the last 30 days with Stripe. The
 * worker does the work. Returns the exit code.
 */
export async function reconcilePayments(
  options: CommandOptions,
  onProgress: (text: string) => void,
): Promise<{ report: string; exitCode: 0 | 1 | 2 }> {
  let run = await requestPaymentRun(options, Date.now());
  let lastProgressAt = Date.now();
  while (run.finished_at === null) {
    onProgress(
      `Payments   ${run.phase}: ${run.checked} checked${run.error ? `  ${run.error}` : ""}`,
    );
    if (Date.now() - lastProgressAt > timeoutMs) {
      throw new Error(`No progress for ten minutes. The run stays open; the cron continues it.`);
    }
    if (options.remote) await delay(remotePollMs);
    else await fireTick(options.port, "compare-payments").done;
    const next = await readPaymentRun(options, `id = '${run.id}'`);
    if (next.pages !== run.pages) lastProgressAt = Date.now();
    else if (!options.remote) await delay(localPollMs);
    run = next;
  }
  return { report: paymentReport(run), exitCode: paymentExitCode(run) };
}

async function requestPaymentRun(options: CommandOptions, now: number): Promise<PaymentRunRecord> {
  const values = `'${uuidv7()}', '${options.mode}', ${now}, ${now}`;
  await executeSql(
    options,
    `insert into payment_runs (id, mode, started_at, updated_at) values (${values}) on conflict do nothing`,
  );
  const run = await readPaymentRun(options, "finished_at is null");
  if (run.mode === options.mode) return run;
  throw new Error(`A ${run.mode} run is in progress. Try again when it has ended.`);
}

async function readPaymentRun(options: CommandOptions, where: string): Promise<PaymentRunRecord> {
  const [row] = await executeSql(options, `select * from payment_runs where ${where}`);
  if (row === undefined) throw new Error("The run is no longer in D1.");
  return runSchema.parse(row);
}

const findings = [
  ["paid_there", "paid at Stripe, not here"],
  ["paid_here", "paid here, not at Stripe"],
  ["refunded_there", "refunded at Stripe, not here"],
  ["disputed_there", "disputed at Stripe, not here"],
  ["undelivered", "events that did not arrive"],
] as const;

const isInSync = (run: PaymentRunRecord) => findings.every(([column]) => run[column] === 0);

export const paymentReport = (run: PaymentRunRecord): string =>
  [
    `Compared ${run.checked} objects of the last 30 days.`,
    "",
    ...findings.map(([column, label]) => `${`${run[column]}`.padStart(9)}  ${label}`),
    ...run.drift.map(driftText),
    "",
    run.error === null ? verdict(run) : `Not everything was compared:\n${run.error}`,
  ].join("\n");

function verdict(run: PaymentRunRecord): string {
  if (isInSync(run)) return "Stripe and D1 are in sync.";
  return run.mode === "dry-run"
    ? "Dry run: nothing was changed."
    : "Repaired what can be repaired; look up what was paid on one side only.";
}

const driftText = ({ kind, purchaseId, stripeId }: PaymentDrift) =>
  `           ${kind}: ${stripeId}${purchaseId === null ? "" : `, purchase ${purchaseId}`}`;

/** 0 if in sync or repaired, 1 if not everything was compared, 2 if differences remain. */
export function paymentExitCode(run: PaymentRunRecord): 0 | 1 | 2 {
  if (run.error !== null) return 1;
  const isRepaired = run.mode === "repair" && run.paid_here === 0 && !run.drift.some(isOrphan);
  return isInSync(run) || isRepaired ? 0 : 2;
}

/** Paid at Stripe for a purchase that does not exist. */
const isOrphan = ({ kind, purchaseId }: PaymentDrift) =>
  kind === "paid-there" && purchaseId === null;
