import type { AppContext } from "~/context.server";
import { type PaymentDriftKind, type PaymentRunPhase, paymentRunPhases } from "~/db/enums";
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
} from "./compare-page.server";
import {
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
 * D1. Returns the users whose courses have changed.
 */
export async function continuePaymentRun({ db, stripe, log }: Context): Promise<string[]> {
  if (stripe === null) return [];
  const leased = await leasePaymentRun(db, Date.now());
  if (leased === null) return [];
  let run: PaymentRun = leased;
  const changed: string[] = [];
  let repairs = 0;
  try {
    for (let page = 0; page < maxPages && repairs < maxRepairs; page++) {
      const compared = await comparePage(db, stripe, run);
      const saved = await savePaymentRun(db, withPage(run, compared), Date.now());
      if (saved === null) return changed;
      repairs += compared.repairs;
      changed.push(...compared.changed);
      run = saved;
      if (run.finishedAt !== null) break;
    }
    await releasePaymentRun(db, run, 0, null);
  } catch (error) {
    const fields = errorFields(error);
    log("payments.reconcile_interrupted", { runId: run.id, ...fields });
    const text = `${fields.error}: ${fields.message}`;
    await releasePaymentRun(db, run, Date.now() + retryDelayMs, text);
  }
  logProgress(log, run);
  return [...new Set(changed)];
}

interface RepairedPage extends ComparedPage {
  repairs: number;
  changed: string[];
}

async function comparePage(
  db: Context["db"],
  stripe: StripeApi,
  { mode, phase, cursor, startedAt }: PaymentRun,
): Promise<RepairedPage> {
  const position = { since: startedAt - periodMs, cursor, now: Date.now() };
  const page = await comparers[phase]({ db, stripe, ...position });
  const changed: string[] = [];
  let repairs = 0;
  if (mode === "repair") {
    // Oldest first, as it happened.
    for (const { repair } of page.differences.toReversed()) {
      const userId = await repair?.();
      if (userId) changed.push(userId);
      repairs++;
    }
  }
  return { ...page, repairs, changed };
}

/** The run after a page. */
function withPage(run: PaymentRun, { checked, differences, next }: ComparedPage): PaymentRun {
  const counted = { ...run, pages: run.pages + 1, checked: run.checked + checked, error: null };
  for (const { drift } of differences) counted[counters[drift.kind]]++;
  counted.drift = [...run.drift, ...differences.map(({ drift }) => drift)].slice(0, maxExamples);
  if (next !== null) return { ...counted, cursor: next };
  const phase = paymentRunPhases[paymentRunPhases.indexOf(run.phase) + 1];
  if (phase === undefined) return { ...counted, finishedAt: Date.now() };
  return { ...counted, phase, cursor: "" };
}

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
