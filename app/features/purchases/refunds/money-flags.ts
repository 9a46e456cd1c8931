import type { PaymentFlag, RefundStatus } from "~/db/enums";
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
    "A refund did not reach the buyer. Refund again (a smaller amount reopens the course), pay back in another way, or reopen the course.",
  "dispute-open":
    "The buyer disputes the payment. Answer in Stripe’s dashboard; access stays open.",
} as const;

interface FlaggedPurchase {
  flag: PaymentFlag | null;
  hasFailedRefund: number;
  hasOpenDispute: number;
}

/** What an admin has to do about a purchase. */
export function instructionsFor(purchase: FlaggedPurchase): string[] {
  const { flag, hasFailedRefund, hasOpenDispute } = purchase;
  return [
    ...(flag === null ? [] : [flagInstructions[flag]]),
    ...(hasFailedRefund ? [moneyFlagInstructions["refund-failed"]] : []),
    ...(hasOpenDispute ? [moneyFlagInstructions["dispute-open"]] : []),
  ];
}
