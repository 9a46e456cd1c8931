import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";

export const disputeReasons = ["fraudulent", "product_not_received", "duplicate"] as const;

const disputeSchema = z.object({
  id: z.string(),
  livemode: z.boolean(),
  created: z.number(),
  chargeId: z.string(),
  paymentIntentId: z.string(),
  amount: z.number(),
  currency: z.string(),
  reason: z.enum(disputeReasons),
  status: z.enum(["needs_response", "won", "lost"]),
});
export type Dispute = z.infer<typeof disputeSchema>;

export const disputes = documentTable<Dispute>({
  table: "disputes",
  schema: disputeSchema,
  columns: (dispute) => ({
    livemode: Number(dispute.livemode),
    created: dispute.created,
    charge: dispute.chargeId,
    payment_intent: dispute.paymentIntentId,
  }),
});
