import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";

const lineItemSchema = z.object({
  id: z.string(),
  priceId: z.string(),
  productId: z.string(),
  name: z.string(),
  quantity: z.number(),
  unitAmount: z.number(),
  taxBehavior: z.enum(["inclusive", "exclusive", "unspecified"]),
  amountSubtotal: z.number(),
  amountTax: z.number(),
  amountTotal: z.number(),
});
export type LineItem = z.infer<typeof lineItemSchema>;

const metadataSchema = z.record(z.string(), z.string());

const sessionSchema = z.object({
  id: z.string(),
  livemode: z.boolean(),
  /** Seconds since the epoch, like all times of Stripe. */
  created: z.number(),
  expiresAt: z.number(),
  status: z.enum(["open", "complete", "expired"]),
  paymentStatus: z.enum(["paid", "unpaid", "no_payment_required"]),
  currency: z.string(),
  lineItems: z.array(lineItemSchema),
  automaticTax: z.boolean(),
  adaptivePricing: z.boolean(),
  clientReferenceId: z.string().nullable(),
  customerEmail: z.string().nullable(),
  /** The email address entered on the hosted page. */
  payerEmail: z.string().nullable(),
  metadata: metadataSchema,
  allowedPaymentMethodTypes: z.array(z.string()).nullable(),
  paymentMethodTypes: z.array(z.string()),
  paymentIntentData: z.object({
    description: z.string().nullable(),
    receiptEmail: z.string().nullable(),
    metadata: metadataSchema,
  }),
  /** Null until the first attempt to pay. */
  paymentIntentId: z.string().nullable(),
  locale: z.string().nullable(),
  submitType: z.string().nullable(),
  successUrl: z.string(),
  cancelUrl: z.string().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

export const sessions = documentTable<Session>({
  table: "checkout_sessions",
  schema: sessionSchema,
  columns: (session) => ({
    livemode: Number(session.livemode),
    created: session.created,
    status: session.status,
    payment_intent: session.paymentIntentId,
    due_at: session.status === "open" ? session.expiresAt * 1000 : null,
  }),
});

export function totalsOf({ lineItems }: Session) {
  const sum = (amount: (item: LineItem) => number) =>
    lineItems.reduce((total, item) => total + amount(item), 0);
  return {
    subtotal: sum((item) => item.amountSubtotal),
    tax: sum((item) => item.amountTax),
    total: sum((item) => item.amountTotal),
  };
}
