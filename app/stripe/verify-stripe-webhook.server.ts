import { InvalidSignatureError } from "~/errors";
import { readText } from "~/http/request-body.server";

/** Stripe's events are below 256 kB. */
const limits = { maxBytes: 256 * 1024, timeoutMs: 10_000 };
const toleranceSeconds = 300;

/**
 * Verifies the raw body against every secret (two during a rotation) and returns it.
 * https://docs.stripe.com/webhooks#verify-manually
 * @throws {PayloadTooLargeError | RequestTimeoutError | InvalidSignatureError}
 */
export async function verifyStripeWebhook(
  request: Request,
  secrets: readonly string[],
): Promise<string> {
  const header = request.headers.get("stripe-signature");
  if (!header) throw new InvalidSignatureError("The signature header is missing");
  const body = await readText(request, limits);
  const { default: Stripe } = await import("stripe");
  const crypto = Stripe.createSubtleCryptoProvider();
  const verify = async (secret: string) => {
    try {
      const { signature } = Stripe.webhooks;
      return await signature?.verifyHeaderAsync(body, header, secret, toleranceSeconds, crypto);
    } catch {
      return false;
    }
  };
  const checks = await Promise.all(secrets.map(verify));
  if (!checks.includes(true)) throw new InvalidSignatureError("No signature matches");
  return body;
}
