import { and, eq, inArray, lt } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { payments, purchases } from "~/db/schema.server";
import { reportSession } from "./report-session.server";

/** Stripe is asked at most this often about one order. */
const minIntervalMs = 5_000;

/**
 * Asks Stripe about a user's own order and applies the answer, like a webhook. Returns true if the
 * user's courses may have changed.
 * @throws {ServiceUnavailableError} when D1 or Stripe does not answer.
 */
export async function checkMyPayment(
  { db, stripe }: AppContext,
  userId: string,
  purchaseId: string,
  now: number,
): Promise<boolean> {
  if (stripe === null) return false;
  const mine = db
    .select({ id: purchases.id })
    .from(purchases)
    .where(and(eq(purchases.id, purchaseId), eq(purchases.userId, userId)));
  const [payment] = await runQuery(
    db
      .update(payments)
      .set({ checkedAt: now })
      .where(and(inArray(payments.purchaseId, mine), lt(payments.checkedAt, now - minIntervalMs)))
      .returning({ sessionId: payments.sessionId }),
  );
  if (!payment?.sessionId) return false;
  const session = await stripe.findSession(payment.sessionId);
  if (session === null) return false;
  const reported = await reportSession(db, session, now);
  return Boolean(reported?.purchase?.isChanged);
}
