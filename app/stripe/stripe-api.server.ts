import type Stripe from "stripe";
import type { Environment } from "~/env.server";
import { StripeUnavailableError } from "~/errors";
import { type CheckoutSession, checkoutSessionSchema } from "./checkout-session.server";

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
export interface StripeApi {
  livemode: boolean;
  /** The same order and attempt give the same session. */
  createSession(session: NewSession): Promise<CheckoutSession>;
  /** With its payment; null if unknown. */
  findSession(id: string): Promise<CheckoutSession | null>;
  /** False if the session is no longer open. */
  expireSession(id: string): Promise<boolean>;
}

/** Two attempts take less than 10 s. */
const timeoutMs = 4_000;
const maxNetworkRetries = 1;

/** Null without keys. */
export function createStripeApi(environment: Environment): StripeApi | null {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_URL } = environment;
  if (key === undefined) return null;
  const client = createClient(key, STRIPE_API_URL);
  const call = <Result>(work: (stripe: Stripe) => Promise<Result>) => callStripe(client, work);
  return {
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

/** Loads the package on first use: it would slow down the start of every isolate. */
function createClient(key: string, apiUrl: string | undefined): () => Promise<Stripe> {
  let client: Promise<Stripe> | undefined;
  return () => {
    client ??= import("stripe").then(
      ({ default: StripeClient }) =>
        new StripeClient(key, {
          httpClient: StripeClient.createFetchHttpClient(),
          timeout: timeoutMs,
          maxNetworkRetries,
          telemetry: false,
          ...(apiUrl === undefined ? {} : apiAddress(apiUrl)),
        }),
    );
    return client;
  };
}

function apiAddress(url: string) {
  const { hostname, port, protocol } = new URL(url);
  const isHttps = protocol === "https:";
  return {
    host: hostname,
    port: port || (isHttps ? "443" : "80"),
    protocol: isHttps ? ("https" as const) : ("http" as const),
  };
}

async function callStripe<Result>(
  client: () => Promise<Stripe>,
  work: (stripe: Stripe) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(await client());
  } catch (cause) {
    const error = new StripeUnavailableError("Stripe did not do what was asked", { cause });
    error.needsNewKey = needsNewKey(cause);
    throw error;
  }
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

/** Not `instanceof`, for which the package would have to be loaded. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

function nullIfMissing(error: unknown): null {
  if (statusOf(error) === 404) return null;
  throw error;
}

function isRefused(error: unknown): boolean {
  if (statusOf(error) === 400) return true;
  throw error;
}

/** Stripe replays a server error for the same key, and refuses the key with other parameters. */
function needsNewKey(error: unknown): boolean {
  const status = statusOf(error);
  return status !== undefined && (status >= 500 || status === 400);
}
