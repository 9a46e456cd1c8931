import type { RefundStatus } from "~/db/enums";

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
