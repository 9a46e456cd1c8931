import * as z from "zod";
import type { DisputeStatus } from "~/db/enums";
import { currencySchema, paymentIdSchema } from "./refund.server";

/** A closed inquiry and a prevented dispute take no money; all other statuses are open. */
const statuses: Record<string, DisputeStatus> = {
  won: "won",
  warning_closed: "won",
  prevented: "won",
  lost: "lost",
};

/** What the site needs of a dispute, from an event or from the API. */
export const disputeSchema = z.lazy(() =>
  z
    .object({
      id: z.string().min(1).max(255),
      payment_intent: paymentIdSchema,
      amount: z.number().int(),
      currency: currencySchema,
      reason: z.string().max(100),
      status: z.string(),
      evidence_details: z.object({ due_by: z.number().int().nullable() }),
    })
    .transform((dispute) => ({
      id: dispute.id,
      paymentIntentId: dispute.payment_intent ?? "",
      amountMinor: dispute.amount,
      currency: dispute.currency,
      reason: dispute.reason,
      status: statuses[dispute.status] ?? ("open" as const),
      /** Milliseconds since the epoch; null if the bank does not allow an answer. */
      respondBy: dispute.evidence_details.due_by ? dispute.evidence_details.due_by * 1000 : null,
    })),
);
export type StripeDispute = z.output<typeof disputeSchema>;
