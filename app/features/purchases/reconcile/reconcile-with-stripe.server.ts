import type { AppContext } from "~/context.server";
import {
  type PaymentDrift,
  type PaymentDriftKind,
  type PaymentRunPhase,
  paymentRunPhases,
} from "~/db/enums";
import { errorFields } from "~/log/log.server";
import type { StripeApi } from "~/stripe/stripe-api.server";
import {
  type ComparedPage,
  type Comparison,
  compareDisputes,
  compareEvents,
  comparePayments,
  compareRefunds,
  compareSessions,
  type Difference,
} from "./compare-page.server";
import {
  endPaymentRun,
  leasePaymentRun,
  type PaymentRun,
  releasePaymentRun,
  savePaymentRun,
} from "./payment-runs.server";

/** As long as Stripe keeps events. */
const periodMs = 30 * 24 * 60 * 60 * 1000;
/** Stay below D1's 1,000 queries per invocation; the next tick continues. */
const maxPages = 10;
const maxRepairs = 30;
const retryDelayMs = 60_000;
/** After so long without progress, the run goes on with the next phase. */
const maxStuckMs = 60 * 60 * 1000;
const maxExamples = 50;

const comparers: Record<PaymentRunPhase, (comparison: Comparison) => Promise<ComparedPage>> = {
  sessions: compareSessions,
  refunds: compareRefunds,
  disputes: compareDisputes,
  events: compareEvents,
  payments: comparePayments,
};

const counters = {
  "paid-there": "paidThere",
  "paid-here": "paidHere",
  "refunded-there": "refundedThere",
  "disputed-there": "disputedThere",
  undelivered: "undelivered",
} as const satisfies Record<PaymentDriftKind, keyof PaymentRun>;

type Context = Pick<AppContext, "db" | "stripe" | "log">;

/**
 * Continues the open comparison with Stripe for a limited number of pages. All of its state is in
 * D1: what a page has found is stored before it is repaired. Returns the users whose courses have
 * changed.
 */
export async function continuePaymentRun({ db, stripe, log }: Context): Promise<string[]> {
  if (stripe === null) {
    await endPaymentRun(db, "Stripe is not configured", Date.now());
    return [];
  }
  const leased = await leasePaymentRun(db, Date.now());
  if (leased === null) return [];
  let run: PaymentRun = leased;
  const changed: string[] = [];
  let repairs = 0;
  try {
    for (let page = 0; page < maxPages && repairs < maxRepairs; page++) {
      const compared = await comparePage(db, stripe, run);
      run = withDifferences(run, compared);
      if (run.mode === "repair" && compared.differences.length > 0) {
        if ((await savePaymentRun(db, run, Date.now())) === null) return changed;
        repairs += await repairAll(compared.differences, changed);
      }
      const next = withPage(run, compared);
      if ((await savePaymentRun(db, next, Date.now())) === null) return changed;
      run = next;
      if (run.finishedAt !== null) break;
    }
    await releasePaymentRun(db, run, 0);
  } catch (error) {
    const fields = errorFields(error);
    log("payments.reconcile_interrupted", { runId: run.id, ...fields });
    run = withError(run, `${fields.error}: ${fields.message}`);
    await savePaymentRun(db, run, Date.now());
    await releasePaymentRun(db, run, Date.now() + retryDelayMs);
  }
  logProgress(log, run);
  return [...new Set(changed)];
}

function comparePage(
  db: Context["db"],
  stripe: StripeApi,
  { phase, cursor, startedAt }: PaymentRun,
): Promise<ComparedPage> {
  const position = { since: startedAt - periodMs, cursor, now: Date.now() };
  return comparers[phase]({ db, stripe, ...position });
}

/** Oldest first, as it happened. Adds the users whose courses have changed. */
async function repairAll(differences: readonly Difference[], changed: string[]): Promise<number> {
  for (const { repair } of differences.toReversed()) {
    const userId = await repair?.();
    if (userId) changed.push(userId);
  }
  return differences.length;
}

/** Counts what a page has found; an interrupted page is compared again. */
function withDifferences(run: PaymentRun, { differences }: ComparedPage): PaymentRun {
  const keyOf = ({ kind, purchaseId, stripeId }: PaymentDrift) =>
    `${kind} ${purchaseId} ${stripeId}`;
  const known = new Set(run.drift.map(keyOf));
  const found = differences.map(({ drift }) => drift).filter((one) => !known.has(keyOf(one)));
  const counted = { ...run, drift: [...run.drift, ...found].slice(0, maxExamples) };
  for (const { kind } of found) counted[counters[kind]]++;
  return counted;
}

/** The run after a page. */
function withPage(run: PaymentRun, { checked, next }: ComparedPage): PaymentRun {
  const error = otherErrors(run).join("\n") || null;
  const counted = { ...run, pages: run.pages + 1, checked: run.checked + checked, error };
  if (next !== null) return { ...counted, cursor: next, updatedAt: Date.now() };
  return nextPhase(counted);
}

function nextPhase(run: PaymentRun): PaymentRun {
  const now = Date.now();
  const phase = paymentRunPhases[paymentRunPhases.indexOf(run.phase) + 1];
  if (phase === undefined) return { ...run, updatedAt: now, finishedAt: now };
  return { ...run, updatedAt: now, phase, cursor: "" };
}

/** A line for each phase that failed; a phase that keeps failing is given up. */
function withError(run: PaymentRun, text: string): PaymentRun {
  const error = [...otherErrors(run), `${run.phase}: ${text}`].join("\n");
  const failed = { ...run, error };
  return Date.now() - run.updatedAt < maxStuckMs ? failed : nextPhase(failed);
}

const otherErrors = ({ phase, error }: PaymentRun): string[] =>
  (error ?? "").split("\n").filter((line) => line !== "" && !line.startsWith(`${phase}: `));

function logProgress(log: Context["log"], run: PaymentRun): void {
  const { id: runId, phase, pages, paidThere, paidHere } = run;
  const { refundedThere, disputedThere, undelivered, finishedAt } = run;
  const found = { paidThere, paidHere, refundedThere, disputedThere, undelivered };
  log("payments.reconcile_progress", {
    runId,
    phase,
    pages,
    finished: finishedAt !== null,
    ...found,
  });
}
