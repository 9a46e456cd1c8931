import { and, eq } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { payments, purchases } from "~/db/schema.server";
import { ServiceUnavailableError } from "~/errors";
import { applyPayment } from "./apply-payment.server";
import { reportSession } from "./report-session.server";

interface Cancellation {
  purchaseId: string;
  /** The buyer, if only their own order may be canceled. */
  userId?: string;
  changedBy: string;
}

/** False unless pending with Stripe. Closes the payment page first: a completed payment counts. */
export async function cancelStripeOrder(
  context: AppContext,
  cancellation: Cancellation,
  now: number,
): Promise<boolean> {
  const { db, stripe } = context;
  const { purchaseId, userId, changedBy } = cancellation;
  const payment = await runQuery(
    db
      .select({ sessionId: payments.sessionId, state: payments.state })
      .from(payments)
      .innerJoin(purchases, eq(purchases.id, payments.purchaseId))
      .where(
        and(
          eq(purchases.id, purchaseId),
          eq(purchases.status, "pending"),
          userId === undefined ? undefined : eq(purchases.userId, userId),
        ),
      )
      .get(),
  );
  if (payment === undefined) return false;
  if (payment.state !== "open") return true;
  await runQuery(
    db
      .update(payments)
      .set({ canceledBy: changedBy })
      .where(and(eq(payments.purchaseId, purchaseId), eq(payments.state, "open"))),
  );
  if (payment.sessionId !== null) {
    if (stripe === null) throw new ServiceUnavailableError("Stripe is not configured");
    const isExpired = await stripe.expireSession(payment.sessionId);
    const session = isExpired ? null : await stripe.findSession(payment.sessionId);
    if (session !== null && session.status === "complete") {
      await reportSession(db, session, now);
      return true;
    }
  }
  const { purchase } = await applyPayment(
    db,
    {
      orderId: purchaseId,
      to: "canceled",
      session: null,
      closedSessionId: payment.sessionId,
      changedBy,
    },
    now,
  );
  // Another request has opened a payment page meanwhile, which must be closed, too.
  return purchase?.state === "open" ? cancelStripeOrder(context, cancellation, now) : true;
}
