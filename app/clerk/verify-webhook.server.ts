import { Webhook } from "svix";
import { InvalidSignatureError } from "~/errors";
import { readText } from "~/http/request-body.server";

/** Svix sends at most 256 kB and waits 15 s. */
const limits = { maxBytes: 256 * 1024, timeoutMs: 10_000 };
const maxIdLength = 256;

type SvixHeaders = Record<"svix-id" | "svix-timestamp" | "svix-signature", string>;

export interface VerifiedWebhook {
  svixId: string;
  /** Exactly as signed. */
  body: string;
}

/**
 * Verifies the raw body against every secret (two during a rotation).
 * https://docs.svix.com/receiving/verifying-payloads/how
 * @throws {PayloadTooLargeError | RequestTimeoutError | InvalidSignatureError}
 */
export async function verifyWebhook(
  request: Request,
  secrets: readonly string[],
): Promise<VerifiedWebhook> {
  const headers = readHeaders(request);
  const body = await readText(request, limits);
  const isValid = secrets.some((secret) => hasValidSignature(secret, body, headers));
  if (!isValid) throw new InvalidSignatureError("No signature matches");
  return { svixId: headers["svix-id"], body };
}

/** Svix sends `svix-*` or `webhook-*` headers; its library prefers the former, one by one. */
function readHeaders({ headers }: Request): SvixHeaders {
  const read = (name: string) => headers.get(`svix-${name}`) ?? headers.get(`webhook-${name}`);
  const id = read("id");
  const timestamp = read("timestamp");
  const signature = read("signature");
  if (!id || id.length > maxIdLength || !timestamp || !signature) {
    throw new InvalidSignatureError("A signature header is missing");
  }
  return { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signature };
}

function hasValidSignature(secret: string, body: string, headers: SvixHeaders): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
