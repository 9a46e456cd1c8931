import Stripe from "stripe";
import { onTestFinished } from "vitest";
import { startReceiver } from "../../support/webhook-receiver.ts";
import { createStripeControlClient } from "../control-client.ts";
import { localStripeKeys } from "../environment.ts";
import { type LocalStripeOptions, startLocalStripe } from "../server.ts";

/** Starts a local Stripe for this test and closes it when the test finishes. */
export async function startStripe(options: Partial<LocalStripeOptions> = {}) {
  const webhookUrl = options.webhookUrl ?? (await startReceiver()).url;
  const server = await startLocalStripe({
    statePath: ":memory:",
    retryDelayScale: 0,
    ...options,
    webhookUrl,
  });
  let open = true;
  const close = async () => {
    if (open) await server.close();
    open = false;
  };
  onTestFinished(close);
  const clientFor = (key: string) => createClient(server.origin, key);
  return {
    ...server,
    close,
    control: createStripeControlClient(server.origin),
    stripe: clientFor(localStripeKeys.secretKey),
    clientFor,
    /** Sends a form like any HTTP client. */
    post: (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(`${server.origin}/v1${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${localStripeKeys.secretKey}`,
          "content-type": "application/x-www-form-urlencoded",
          ...headers,
        },
        body,
      }),
  };
}

/** The official client for the local Stripe at this origin. */
function createClient(origin: string, key: string): Stripe {
  const { hostname, port } = new URL(origin);
  return new Stripe(key, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** Parameters of a session for one course at 29.00 EUR. */
export const courseSession = {
  mode: "payment",
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: "eur",
        unit_amount: 2900,
        tax_behavior: "inclusive",
        product_data: { name: "SQL from the first SELECT" },
      },
    },
  ],
  client_reference_id: "order-1",
  customer_email: "grace@example.com",
  metadata: { order: "order-1" },
  payment_intent_data: { metadata: { order: "order-1" } },
  adaptive_pricing: { enabled: false },
  success_url: "http://localhost:8787/orders/order-1?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://localhost:8787/courses/sql",
} satisfies Stripe.Checkout.SessionCreateParams;

/** The error of a call that must fail. */
export async function errorOf(
  call: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw new Error(`Not an error of Stripe: ${error}`);
}
