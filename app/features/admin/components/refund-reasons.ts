import type { RefundReason } from "~/db/enums";

export const reasonLabels: Record<RefundReason, string> = {
  requested_by_customer: "Requested by the buyer",
  duplicate: "Paid twice",
  fraudulent: "Fraud",
};
