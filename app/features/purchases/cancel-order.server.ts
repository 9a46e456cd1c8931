import { and, eq } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { payments } from "~/db/schema.server";
import { applyPayment } from "./apply-payment.server";
import { closePaymentPage, findPendingPayment } from "./close-payment-page.server";

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
  const { purchaseId, changedBy } = cancellation;
  const payment = await findPendingPayment(context, cancellation);
  if (payment === undefined) return false;
  if (payment.state !== "open") return true;
  await runQuery(
    context.db
      .update(payments)
      .set({ canceledBy: changedBy })
      .where(and(eq(payments.purchaseId, purchaseId), eq(payments.state, "open"))),
  );
  const { sessionId } = payment;
  if (sessionId !== null && (await closePaymentPage(context, sessionId, now))) return true;
  const { purchase } = await applyPayment(
    context.db,
    { orderId: purchaseId, to: "canceled", session: null, closedSessionId: sessionId, changedBy },
    now,
  );
  // Another request has opened a payment page meanwhile, which must be closed, too.
  return purchase?.state === "open" ? cancelStripeOrder(context, cancellation, now) : true;
}
