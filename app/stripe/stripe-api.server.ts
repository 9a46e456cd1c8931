import type Stripe from "stripe";
import type { Environment } from "~/env.server";
import { type CheckoutSession, checkoutSessionSchema } from "./checkout-session.server";
import { createListCalls, type ListCalls } from "./list-calls.server";
import { createRefundCalls, type RefundCalls } from "./refund-calls.server";
import { createStripeCall, isRefused, nullIfMissing } from "./stripe-client.server";

interface NewSession {
  orderId: string;
  /** With the order, the idempotency key. */
  attempt: number;
  title: string;
  priceMinor: number;
  currency: string;
  email: string | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  returnUrl: string;
}

/** All methods throw `StripeUnavailableError` if Stripe does not do what is asked. */
export interface StripeApi extends RefundCalls, ListCalls {
  livemode: boolean;
  /** The same order and attempt give the same session. */
  createSession(session: NewSession): Promise<CheckoutSession>;
  /** With its payment; null if unknown. */
  findSession(id: string): Promise<CheckoutSession | null>;
  /** False if the session is no longer open, or unknown. */
  expireSession(id: string): Promise<boolean>;
}

/** Null without keys. */
export function createStripeApi(environment: Environment): StripeApi | null {
  const { STRIPE_SECRET_KEY: key } = environment;
  if (key === undefined) return null;
  const call = createStripeCall(key, environment);
  return {
    ...createRefundCalls(call),
    ...createListCalls(call),
    livemode: key.slice(3, 7) === "live",
    createSession: (session) =>
      call(async (stripe) => {
        const { orderId, attempt } = session;
        const created = await stripe.checkout.sessions.create(toParameters(session), {
          idempotencyKey: `${orderId}-${attempt}`,
        });
        return checkoutSessionSchema.parse(created);
      }),
    findSession: (id) =>
      call(async (stripe) => {
        const found = await stripe.checkout.sessions
          .retrieve(id, { expand: ["payment_intent.latest_charge"] })
          .catch(nullIfMissing);
        return found === null ? null : checkoutSessionSchema.parse(found);
      }),
    expireSession: (id) =>
      call((stripe) =>
        stripe.checkout.sessions.expire(id).then(
          () => true,
          (error) => !isRefused(error),
        ),
      ),
  };
}

/** Stripe's price includes tax, and stays in the currency of the order. */
function toParameters(session: NewSession): Stripe.Checkout.SessionCreateParams {
  const { orderId, returnUrl, email } = session;
  return {
    mode: "payment",
    client_reference_id: orderId,
    metadata: { order: orderId },
    payment_intent_data: { metadata: { order: orderId }, description: session.title },
    adaptive_pricing: { enabled: false },
    expires_at: Math.floor(session.expiresAt / 1000),
    success_url: `${returnUrl}?done`,
    cancel_url: returnUrl,
    ...(email === null ? {} : { customer_email: email }),
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: session.currency.toLowerCase(),
          unit_amount: session.priceMinor,
          tax_behavior: "inclusive",
          product_data: { name: session.title },
        },
      },
    ],
  };
}
