import { and, asc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { payments, purchases } from "~/db/schema.server";
import type { StripeApi } from "~/stripe/stripe-api.server";

interface Context {
  db: Database;
  stripe: StripeApi;
}

interface PaidOrder {
  purchaseId: string;
  sessionId: string;
}

/**
 * Asks Stripe how an order was paid, for its receipt: events do not say it.
 * @throws {ServiceUnavailableError} when D1 or Stripe does not answer; the cron tries again.
 */
export async function fillPaymentMethod(
  { db, stripe }: Context,
  { purchaseId, sessionId }: PaidOrder,
): Promise<void> {
  const method = (await stripe.findSession(sessionId))?.method ?? null;
  if (method === null) return;
  await runQuery(
    db
      .update(payments)
      .set({ method })
      .where(and(eq(payments.purchaseId, purchaseId), isNull(payments.method))),
  );
}

/** The next tick continues. */
const maxPerTick = 20;
const minIntervalMs = 90_000;
/** Stripe does not name every method. */
const retryMs = 24 * 60 * 60 * 1000;

/** Fills the methods that `fillPaymentMethod` could not. Throws like it. */
export async function fillMissingMethods(context: Context, now: number): Promise<void> {
  const { db } = context;
  const due = await runQuery(
    db
      .select({ purchaseId: payments.purchaseId, sessionId: payments.sessionId })
      .from(payments)
      .innerJoin(purchases, eq(purchases.id, payments.purchaseId))
      .where(
        and(
          // A literal: SQLite could not use the partial index with a parameter.
          sql`${payments.state} = 'paid' and ${payments.method} is null`,
          lt(payments.checkedAt, now - minIntervalMs),
          gt(purchases.paidAt, now - retryMs),
        ),
      )
      .orderBy(asc(payments.checkedAt))
      .limit(maxPerTick),
  );
  for (const { purchaseId, sessionId } of due) {
    await runQuery(
      db.update(payments).set({ checkedAt: now }).where(eq(payments.purchaseId, purchaseId)),
    );
    if (sessionId !== null) await fillPaymentMethod(context, { purchaseId, sessionId });
  }
}
