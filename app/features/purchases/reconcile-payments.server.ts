import { and, asc, eq, gt, isNotNull, lt, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
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

type Context = Pick<AppContext, "db" | "stripe">;

/**
 * Asks Stripe about pending and processing orders, about refunds that are not settled, again about
 * events that matched no order, and how orders were paid.
 * Returns the users whose courses have changed.
 * @throws {ServiceUnavailableError} when D1 or Stripe does not answer; the next tick continues.
 */
export async function reconcilePayments({ db, stripe }: Context, now: number): Promise<string[]> {
  if (stripe === null) return [];
  const changed = [
    ...(await checkUnsettled({ db, stripe }, now)),
    ...(await retryUnmatched({ db, stripe }, now)),
    ...(await continuePendingRefunds(db, stripe, now)),
  ];
  await fillMissingMethods({ db, stripe }, now);
  return [...new Set(changed)];
}

type ConfiguredContext = { db: Context["db"]; stripe: StripeApi };

async function checkUnsettled({ db, stripe }: ConfiguredContext, now: number): Promise<string[]> {
  const due = await runQuery(
    db
      .select()
      .from(payments)
      .where(
        and(
          // Literals: SQLite could not use the partial index with parameters.
          sql`${payments.state} in ('open', 'processing')`,
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
  db: Context["db"],
  { purchaseId, sessionId, expiresAt }: typeof payments.$inferSelect,
  now: number,
) {
  if (expiresAt > now) return null;
  const change = { orderId: purchaseId, to: "expired", session: null, changedBy: null } as const;
  return applyPayment(db, { ...change, closedSessionId: sessionId }, now);
}

async function retryUnmatched({ db, stripe }: ConfiguredContext, now: number): Promise<string[]> {
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
    const session = sessionId === null ? null : await stripe.findSession(sessionId);
    if (session === null) continue;
    const event = { id, type, sessionId, error: null };
    const result = await reportSession(db, session, now, event);
    if (result?.purchase?.isChanged) changed.push(result.purchase.userId);
  }
  return changed;
}
