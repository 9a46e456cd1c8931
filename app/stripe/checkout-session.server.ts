import * as z from "zod";

const id = z.string().min(1).max(255);

const chargeSchema = z.object({
  payment_method_details: z
    .looseObject({ type: z.string().max(50) })
    .nullable()
    .transform((details) => (details === null ? null : describeMethod(details))),
});

const paymentSchema = z.union([
  id.transform((paymentIntentId) => ({ paymentIntentId, hasFailed: false, method: null })),
  z
    .object({ id, status: z.string(), latest_charge: z.union([id, chargeSchema]).nullable() })
    .transform((intent) => ({
      paymentIntentId: intent.id,
      hasFailed: ["requires_payment_method", "canceled"].includes(intent.status),
      method:
        typeof intent.latest_charge === "object"
          ? (intent.latest_charge?.payment_method_details ?? null)
          : null,
    })),
]);

/** What the site needs of a Checkout Session, from an event or from the API. */
export const checkoutSessionSchema = z.lazy(() =>
  z
    .object({
      id,
      metadata: z.object({ order: z.string().max(500).optional() }).nullable(),
      livemode: z.boolean(),
      status: z.enum(["open", "complete", "expired"]),
      payment_status: z.enum(["paid", "unpaid", "no_payment_required"]),
      amount_subtotal: z.number().int().nullable(),
      amount_total: z.number().int().nullable(),
      currency: z.string().nullable(),
      total_details: z
        .object({ amount_discount: z.number().int(), amount_tax: z.number().int() })
        .nullable(),
      payment_intent: paymentSchema.nullable(),
      url: z.url().nullable(),
    })
    .transform((session) => ({
      id: session.id,
      /** The purchase that the session is for: payers can set the reference, not the metadata. */
      orderId: session.metadata?.order ?? null,
      livemode: session.livemode,
      status: session.status,
      paymentStatus: session.payment_status,
      amountSubtotal: session.amount_subtotal,
      amountTotal: session.amount_total,
      currency: session.currency?.toUpperCase() ?? null,
      discount: session.total_details?.amount_discount ?? 0,
      tax: session.total_details?.amount_tax ?? 0,
      paymentIntentId: session.payment_intent?.paymentIntentId ?? null,
      /** Known only if the payment was expanded. */
      paymentHasFailed: session.payment_intent?.hasFailed ?? false,
      /** Such as "Visa ending in 4242"; known only if the payment was expanded. */
      method: session.payment_intent?.method ?? null,
      url: session.url,
    })),
);

export type CheckoutSession = z.output<typeof checkoutSessionSchema>;

const cardSchema = z.object({ card: z.object({ brand: z.string(), last4: z.string().max(4) }) });

function describeMethod(details: { type: string }): string {
  const card = cardSchema.safeParse(details);
  if (card.success) return `${capitalize(card.data.card.brand)} ending in ${card.data.card.last4}`;
  return capitalize(details.type.replaceAll("_", " "));
}

const capitalize = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1, 40);
