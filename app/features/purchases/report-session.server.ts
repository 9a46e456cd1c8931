import type { Database } from "~/db/client.server";
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
  return applyPayment(db, { orderId, to, session, changedBy: null, event }, now);
}
