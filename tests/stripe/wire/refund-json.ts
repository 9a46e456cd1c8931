import type Stripe from "stripe";
import type { Refund } from "../state/refunds.ts";

/** A Refund in Stripe's format. */
export function refundJson(refund: Refund): Stripe.Refund {
  const { failureReason, status } = refund;
  return {
    id: refund.id,
    object: "refund",
    amount: refund.amount,
    balance_transaction: refund.id.replace(/^(re|pyr)_/, "txn_"),
    charge: refund.chargeId,
    created: refund.created,
    currency: refund.currency,
    customer: null,
    customer_account: null,
    destination_details: { type: "card", card: { type: "refund" } },
    ...(failureReason === null
      ? {}
      : {
          failure_balance_transaction: refund.id.replace(/^(re|pyr)_/, "txn_failed_"),
          failure_reason: failureReason,
        }),
    metadata: refund.metadata,
    payment_intent: refund.paymentIntentId,
    payment_method: null,
    ...(status === "pending" ? { pending_reason: "processing" } : {}),
    reason: refund.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
}
