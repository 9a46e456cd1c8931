import { and, asc, eq, gt, isNotNull, lt, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { payments, stripeEvents } from "~/db/schema.server";
import type { StripeApi } from "~/stripe/stripe-api.server";
import { applyPayment } from "./apply-payment.server";
import { fillMissingMethods } from "./payment-method.server";
import { continuePendingRefunds } from "./refunds/continue-refund.server";
import { reportSession } from "./report-session.server";

/** The next tick continues. */
const maxPerTick = 20;
const minIntervalMs = 90_000;
/** An unmatched event is not ours if it finds no order within this time. */
const unmatchedRetryMs = 24 * 60 * 60 * 1000;

interface Context {
  db: Database;
  stripe: StripeApi;
}

/** Returns the users whose courses have changed; if D1 or Stripe does not answer, it throws. */
type PaymentJob = (context: Context, now: number) => Promise<readonly string[]>;

/**
 * Asks Stripe about pending and processing orders, again about events that matched no order, about
 * refunds that are not settled, and how orders were paid. The next tick continues.
 */
export const paymentJobs: Record<string, PaymentJob> = {
  payments: checkUnsettled,
  "unmatched-events": retryUnmatched,
  "pending-refunds": ({ db, stripe }, now) => continuePendingRefunds(db, stripe, now),
  "payment-methods": async (context, now) => {
    await fillMissingMethods(context, now);
    return [];
  },
};

async function checkUnsettled({ db, stripe }: Context, now: number): Promise<string[]> {
  const due = await runQuery(
    db
      .select()
      .from(payments)
      .where(
        and(
          // Literals: SQLite could not use the partial index with parameters.
          sql`${payments.state} in ('open', 'processing')`,
          // Paid: an admin has to look.
          sql`${payments.flag} is not 'amount-mismatch'`,
          lt(payments.checkedAt, now - minIntervalMs),
        ),
      )
      .orderBy(asc(payments.checkedAt))
      .limit(maxPerTick),
  );
  const changed: string[] = [];
  for (const payment of due) {
    const { purchaseId, sessionId } = payment;
    await runQuery(
      db.update(payments).set({ checkedAt: now }).where(eq(payments.purchaseId, purchaseId)),
    );
    const session = sessionId === null ? null : await stripe.findSession(sessionId);
    const result = session
      ? await reportSession(db, session, now)
      : await endUnpayable(db, payment, now);
    if (result?.purchase?.isChanged) changed.push(result.purchase.userId);
  }
  return changed;
}

/**
 * Ends an order that nobody can pay: nobody has the URL of a session that was never stored,
 * and Stripe does not know the sessions of another account.
 */
async function endUnpayable(
  db: Database,
  { purchaseId, sessionId, expiresAt, canceledBy }: typeof payments.$inferSelect,
  now: number,
) {
  if (expiresAt > now) return null;
  const to = canceledBy === null ? "expired" : "canceled";
  const change = { orderId: purchaseId, to, session: null, changedBy: canceledBy } as const;
  return applyPayment(db, { ...change, closedSessionId: sessionId }, now);
}

async function retryUnmatched({ db, stripe }: Context, now: number): Promise<string[]> {
  const due = await runQuery(
    db
      .select()
      .from(stripeEvents)
      .where(
        and(
          sql`${stripeEvents.outcome} = 'unmatched'`,
          isNotNull(stripeEvents.sessionId),
          gt(stripeEvents.firstReceivedAt, now - unmatchedRetryMs),
          lt(stripeEvents.lastReceivedAt, now - minIntervalMs),
        ),
      )
      .orderBy(asc(stripeEvents.lastReceivedAt))
      .limit(maxPerTick),
  );
  const changed: string[] = [];
  for (const { id, type, sessionId } of due) {
    await runQuery(
      db.update(stripeEvents).set({ lastReceivedAt: now }).where(eq(stripeEvents.id, id)),
    );
    const session = sessionId === null ? null : await stripe.findSession(sessionId);
    if (session === null) continue;
    const event = { id, type, sessionId, error: null };
    const result = await reportSession(db, session, now, event);
    if (result?.purchase?.isChanged) changed.push(result.purchase.userId);
  }
  return changed;
}
