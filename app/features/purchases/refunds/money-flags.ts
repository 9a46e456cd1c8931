import type { PaymentFlag, PurchaseStatus, RefundStatus } from "~/db/enums";
import { flagInstructions } from "../payment-flags";

export interface FlaggedRefund {
  status: RefundStatus;
  /** Null if Stripe never accepted the refund. */
  stripeRefundId: string | null;
  decision: string | null;
}

/** An admin has to decide about a refund that did not reach the buyer. */
export const needsDecision = ({ status, decision }: FlaggedRefund): boolean =>
  (status === "failed" || status === "canceled") && decision === null;

export const moneyFlagInstructions = {
  "refund-failed":
    "A refund did not reach the buyer. Refund again, pay back in another way, or reopen the course.",
  "dispute-open":
    "The buyer disputes the payment. Answer in Stripe’s dashboard; access stays open.",
} as const;

interface FlaggedPurchase {
  status: PurchaseStatus;
  flag: PaymentFlag | null;
  hasFailedRefund: number;
  hasOpenDispute: number;
}

/** What an admin has to do about a purchase. A refund settles what was wrong with its payment. */
export function instructionsFor(purchase: FlaggedPurchase): string[] {
  const { status, flag, hasFailedRefund, hasOpenDispute } = purchase;
  return [
    ...(flag === null || status === "refunded" ? [] : [flagInstructions[flag]]),
    ...(hasFailedRefund ? [moneyFlagInstructions["refund-failed"]] : []),
    ...(hasOpenDispute ? [moneyFlagInstructions["dispute-open"]] : []),
  ];
}
