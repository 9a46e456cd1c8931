import type { RefundReason } from "~/db/enums";
import { refundSchema, type StripeRefund } from "./refund.server";
import { type CallStripe, statusOf } from "./stripe-client.server";

interface NewRefund {
  /** The idempotency key. */
  id: string;
  orderId: string;
  paymentIntentId: string;
  amountMinor: number;
  reason: RefundReason;
}

type RefundAnswer =
  | { kind: "created"; refund: StripeRefund }
  /** No money moves. The code says why, such as "charge_disputed". */
  | { kind: "refused"; code: string }
  /** An internal error of Stripe, which it would repeat for the same key. */
  | { kind: "failed" };

export interface RefundCalls {
  /** The same id gives the same refund. */
  createRefund(refund: NewRefund): Promise<RefundAnswer>;
  /** All refunds of a payment. */
  findRefunds(paymentIntentId: string): Promise<StripeRefund[]>;
}

/** Stripe lists at most this many objects a page; no payment has so many refunds. */
const maxRefunds = 100;

export function createRefundCalls(call: CallStripe): RefundCalls {
  return {
    createRefund: ({ id, orderId, paymentIntentId, amountMinor, reason }) =>
      call(async (stripe) => {
        const parameters = {
          payment_intent: paymentIntentId,
          amount: amountMinor,
          reason,
          metadata: { order: orderId, refund: id },
        };
        try {
          const created = await stripe.refunds.create(parameters, { idempotencyKey: id });
          return { kind: "created", refund: refundSchema.parse(created) };
        } catch (error) {
          return refusalOf(error);
        }
      }),
    findRefunds: (paymentIntentId) =>
      call(async (stripe) => {
        const { data } = await stripe.refunds.list({
          payment_intent: paymentIntentId,
          limit: maxRefunds,
        });
        return data.map((refund) => refundSchema.parse(refund));
      }),
  };
}

/** @throws the error, if the outcome is unknown or the same request can succeed later. */
function refusalOf(error: unknown): RefundAnswer {
  const status = statusOf(error) ?? 0;
  if (status >= 500) return { kind: "failed" };
  if (status < 400 || [408, 409, 429].includes(status)) throw error;
  return { kind: "refused", code: codeOf(error) };
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return typeof code === "string" ? code.slice(0, 100) : "refused";
}
