import type Stripe from "stripe";
import type { Environment } from "~/env.server";
import { StripeUnavailableError } from "~/errors";

/** Two attempts take less than 10 s. */
const timeoutMs = 4_000;
const maxNetworkRetries = 1;

/** Calls Stripe. @throws {StripeUnavailableError} if Stripe does not do what is asked. */
export type CallStripe = <Result>(work: (stripe: Stripe) => Promise<Result>) => Promise<Result>;

export function createStripeCall(key: string, { STRIPE_API_URL }: Environment): CallStripe {
  const client = createClient(key, STRIPE_API_URL);
  return (work) => callStripe(client, work);
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
    const error = new StripeUnavailableError(
      `Stripe did not do what was asked (${describe(cause)})`,
      {
        cause,
      },
    );
    error.needsNewKey = needsNewKey(cause);
    throw error;
  }
}

/** Not `instanceof`, for which the package would have to be loaded. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

/** Stripe's status and code, such as "404 resource_missing"; or what else happened. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code = "code" in error && typeof error.code === "string" ? error.code.slice(0, 50) : "";
  return [statusOf(error), code || error.name].filter(Boolean).join(" ");
}

export function nullIfMissing(error: unknown): null {
  if (statusOf(error) === 404) return null;
  throw error;
}

export function isRefused(error: unknown): boolean {
  const status = statusOf(error);
  if (status === 400 || status === 404) return true;
  throw error;
}

/** Stripe replays a server error for the same key, and refuses the key with other parameters. */
function needsNewKey(error: unknown): boolean {
  const status = statusOf(error);
  return status !== undefined && (status >= 500 || status === 400);
}
