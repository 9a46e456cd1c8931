import { Webhook } from "svix";
import * as z from "zod";
import { readBody } from "../body.server";
import { BadRequestError } from "../errors";

/** Clerk's users are a few kB; Svix itself sends no more than this. */
const maxBytes = 256 * 1024;

const headersSchema = z.object({
  "svix-id": z.string().min(1).max(256),
  "svix-timestamp": z.string().min(1),
  "svix-signature": z.string().min(1),
});

export interface VerifiedWebhook {
  svixId: string;
  /** The text exactly as it was signed. */
  body: string;
}

/**
 * Reads a webhook and checks its signature over the raw text, against every secret in force (two during a rotation),
 * with Svix's five minutes of tolerance on its timestamp. https://docs.svix.com/receiving/verifying-payloads/how
 * @throws {PayloadTooLargeError} over 256 kB.
 * @throws {BadRequestError} when a header is missing or no signature fits.
 */
export async function verifyWebhook(
  request: Request,
  secrets: readonly string[],
): Promise<VerifiedWebhook> {
  const headers = headersSchema.safeParse(Object.fromEntries(request.headers));
  if (!headers.success) throw new BadRequestError("A Svix header is missing");
  const body = await readText(request);
  const signed = secrets.some((secret) => isSigned(secret, body, headers.data));
  if (!signed) throw new BadRequestError("No signature fits");
  return { svixId: headers.data["svix-id"], body };
}

function isSigned(secret: string, body: string, headers: z.infer<typeof headersSchema>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

async function readText(request: Request): Promise<string> {
  const bytes = await readBody(request, maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new BadRequestError("The webhook is not UTF-8", { cause });
  }
}
