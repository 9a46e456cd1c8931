import * as z from "zod";
import { currencies, type RefundStatus, refundReasons } from "~/db/enums";

const id = z.string().min(1).max(255);

/** Of a payment, which may be expanded. */
export const paymentIdSchema = z.lazy(() =>
  z.union([id, z.object({ id }).transform((payment) => payment.id)]).nullable(),
);

/** Stripe writes currencies in lowercase. */
export const currencySchema = z.lazy(() => z.string().toUpperCase().pipe(z.enum(currencies)));

/** Refunds that wait for the customer are pending, too. */
const statuses: Record<string, RefundStatus> = {
  succeeded: "succeeded",
  failed: "failed",
  canceled: "canceled",
};

/** What the site needs of a refund, from an event or from the API. */
export const refundSchema = z.lazy(() =>
  z
    .object({
      id,
      payment_intent: paymentIdSchema,
      amount: z.number().int().positive(),
      currency: currencySchema,
      status: z.string().nullable(),
      reason: z.enum(refundReasons).nullable().catch(null),
      failure_reason: z.string().max(100).optional(),
      metadata: z.record(z.string(), z.string()).nullable(),
    })
    .transform((refund) => ({
      id: refund.id,
      paymentIntentId: refund.payment_intent ?? "",
      amountMinor: refund.amount,
      currency: refund.currency,
      status: statuses[refund.status ?? ""] ?? ("pending" as const),
      reason: refund.reason,
      failureReason: refund.failure_reason ?? null,
      /** Our row, for refunds that the site requested. */
      requestId: refund.metadata?.refund ?? null,
    })),
);
export type StripeRefund = z.output<typeof refundSchema>;

/** The event of a charge has the total, but not its refunds. */
export const refundedChargeSchema = z.lazy(() =>
  z
    .object({
      payment_intent: paymentIdSchema,
      amount_refunded: z.number().int(),
      metadata: z.record(z.string(), z.string()),
    })
    .transform((charge) => ({
      paymentIntentId: charge.payment_intent ?? "",
      amountRefunded: charge.amount_refunded,
      orderId: charge.metadata.order ?? null,
    })),
);
export type RefundedCharge = z.output<typeof refundedChargeSchema>;
