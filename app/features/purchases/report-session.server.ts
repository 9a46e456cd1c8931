import { eq } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { payments } from "~/db/schema.server";
import type { CheckoutSession } from "~/stripe/checkout-session.server";
import { applyPayment } from "./apply-payment.server";
import { stateOf } from "./payment-transition";
import type { ReceivedEvent } from "./stripe-ledger.server";

/** For webhook, return check and reconciliation. Null if the session is still open. */
export async function reportSession(
  db: Database,
  session: CheckoutSession,
  now: number,
  event?: ReceivedEvent,
) {
  const to = stateOf(session);
  if (to === null) return null;
  const orderId = session.orderId ?? "";
  const canceledBy = to === "expired" ? await findCanceler(db, orderId) : null;
  const end = canceledBy === null ? to : "canceled";
  return applyPayment(db, { orderId, to: end, session, changedBy: canceledBy, event }, now);
}

/** Who has closed the payment page; null if its time has passed. */
async function findCanceler(db: Database, orderId: string): Promise<string | null> {
  const payment = await runQuery(
    db
      .select({ canceledBy: payments.canceledBy })
      .from(payments)
      .where(eq(payments.purchaseId, orderId))
      .get(),
  );
  return payment?.canceledBy ?? null;
}
