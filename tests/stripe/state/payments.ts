import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";

const metadataSchema = z.record(z.string(), z.string());

const paymentMethodSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("card"), brand: z.string(), last4: z.string() }),
  z.object({
    type: z.enum(["sepa_debit", "us_bank_account", "bacs_debit"]),
    last4: z.string(),
  }),
]);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

const failureSchema = z.object({
  code: z.string(),
  declineCode: z.string().nullable(),
  message: z.string(),
});
export type Failure = z.infer<typeof failureSchema>;

const paymentIntentSchema = z.object({
  id: z.string(),
  livemode: z.boolean(),
  created: z.number(),
  sessionId: z.string(),
  amount: z.number(),
  currency: z.string(),
  description: z.string().nullable(),
  receiptEmail: z.string().nullable(),
  metadata: metadataSchema,
  paymentMethodTypes: z.array(z.string()),
  status: z.enum([
    "requires_payment_method",
    "requires_action",
    "processing",
    "succeeded",
    "canceled",
  ]),
  /** The method of the latest attempt. */
  paymentMethod: paymentMethodSchema.nullable(),
  paymentMethodId: z.string().nullable(),
  latestChargeId: z.string().nullable(),
  lastError: failureSchema.nullable(),
  canceledAt: z.number().nullable(),
  /** When and how a bank debit is settled (ms). */
  settlement: z
    .object({ at: z.number().nullable(), outcome: z.enum(["succeeded", "failed"]) })
    .nullable(),
});
export type PaymentIntent = z.infer<typeof paymentIntentSchema>;

export const paymentIntents = documentTable<PaymentIntent>({
  table: "payment_intents",
  schema: paymentIntentSchema,
  columns: (intent) => ({
    livemode: Number(intent.livemode),
    created: intent.created,
    due_at: intent.settlement?.at ?? null,
  }),
});

const chargeSchema = z.object({
  id: z.string(),
  livemode: z.boolean(),
  created: z.number(),
  paymentIntentId: z.string(),
  amount: z.number(),
  currency: z.string(),
  description: z.string().nullable(),
  receiptEmail: z.string().nullable(),
  payerEmail: z.string().nullable(),
  metadata: metadataSchema,
  status: z.enum(["pending", "succeeded", "failed"]),
  paymentMethod: paymentMethodSchema,
  paymentMethodId: z.string(),
  failure: failureSchema.nullable(),
  amountRefunded: z.number(),
  disputed: z.boolean(),
});
export type Charge = z.infer<typeof chargeSchema>;

export const charges = documentTable<Charge>({
  table: "charges",
  schema: chargeSchema,
  columns: (charge) => ({
    livemode: Number(charge.livemode),
    created: charge.created,
    payment_intent: charge.paymentIntentId,
  }),
});
