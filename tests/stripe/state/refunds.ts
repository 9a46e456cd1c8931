import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";

export const refundReasons = ["duplicate", "fraudulent", "requested_by_customer"] as const;

const refundSchema = z.object({
  id: z.string(),
  livemode: z.boolean(),
  created: z.number(),
  chargeId: z.string(),
  paymentIntentId: z.string(),
  amount: z.number(),
  currency: z.string(),
  metadata: z.record(z.string(), z.string()),
  reason: z.enum(refundReasons).nullable(),
  status: z.enum(["pending", "succeeded", "failed", "canceled"]),
  failureReason: z.string().nullable(),
  /** When and how the bank answers (ms). */
  settlement: z
    .object({ at: z.number().nullable(), outcome: z.enum(["succeeded", "failed"]) })
    .nullable(),
});
export type Refund = z.infer<typeof refundSchema>;

export const refunds = documentTable<Refund>({
  table: "refunds",
  schema: refundSchema,
  columns: (refund) => ({
    livemode: Number(refund.livemode),
    created: refund.created,
    charge: refund.chargeId,
    payment_intent: refund.paymentIntentId,
    due_at: refund.settlement?.at ?? null,
  }),
});
