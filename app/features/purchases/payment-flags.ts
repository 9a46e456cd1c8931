import type { PaymentFlag } from "~/db/enums";

/** What happened, and what an admin has to do. */
export const flagInstructions: Record<PaymentFlag, string> = {
  "amount-mismatch":
    "The amount paid differs from the order. Look the payment up in Stripe; then mark the order as paid, or refund the payment there and cancel the order.",
  "deleted-user": "Paid by a user who was deleted. Refund the payment.",
  "banned-user":
    "Paid by a banned user, who cannot use it. Lift the ban at Clerk or refund the payment.",
  "unpublished-course":
    "Paid for a course that is no longer published. The buyer has access; publish the course again or refund the payment.",
  "second-payment":
    "Paid twice for the same course. Refund one of the payments; the buyer keeps access.",
};
