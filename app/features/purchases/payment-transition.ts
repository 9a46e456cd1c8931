import type { PaymentState } from "~/db/enums";
import type { CheckoutSession } from "~/stripe/checkout-session.server";

/** A payment only moves to a higher rank, in whatever order events arrive. */
export const paymentRanks: Record<PaymentState, number> = {
  open: 0,
  processing: 1,
  canceled: 2,
  expired: 2,
  failed: 2,
  paid: 3,
};

/** The state that a session reports; null if it is still open. */
export function stateOf(session: CheckoutSession): Exclude<PaymentState, "open"> | null {
  if (session.paymentStatus !== "unpaid") return "paid";
  if (session.status === "open") return null;
  if (session.status === "expired") return "expired";
  return session.paymentHasFailed ? "failed" : "processing";
}
