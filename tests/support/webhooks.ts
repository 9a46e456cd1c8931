import { Webhook } from "svix";
import * as z from "zod";
import { localClerkKeys } from "../clerk/environment.ts";

export interface WebhookPost {
  origin: string;
  /** Sent unchanged. */
  body: string;
  svixId?: string;
  secret?: string;
  signedAt?: Date;
  /** Overrides Svix headers; null removes a header. */
  headers?: Record<string, string | null>;
}

let sent = 0;

/** Posts a body as Svix does, signed with the local Clerk's secret by default. */
export async function postWebhook(post: WebhookPost): Promise<Response> {
  const { origin, body, secret = localClerkKeys.webhookSecret, signedAt = new Date() } = post;
  const svixId = post.svixId ?? `msg_test_${++sent}`;
  const headers = new Headers({
    "Content-Type": "application/json",
    "svix-id": svixId,
    "svix-timestamp": `${Math.floor(signedAt.getTime() / 1000)}`,
    "svix-signature": new Webhook(secret).sign(svixId, signedAt, body),
  });
  for (const [name, value] of Object.entries(post.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return fetch(`${origin}/api/webhooks/clerk`, { method: "POST", headers, body });
}

/** A Clerk event about a user with the given fields. */
export function clerkEvent(type: string, data: Record<string, unknown>): string {
  const user = { object: "user", email_addresses: [], public_metadata: {}, updated_at: 1, ...data };
  return JSON.stringify({
    type,
    object: "event",
    data: user,
    timestamp: 1,
    instance_id: "ins_local",
  });
}

const userEventSchema = z.looseObject({ data: z.looseObject({ updated_at: z.number() }) });

/** The body of a user event, as if Clerk's clock were ahead; other events are unchanged. */
export function aheadOfTime(body: string, milliseconds: number): string {
  const event: unknown = JSON.parse(body);
  const parsed = userEventSchema.safeParse(event);
  if (!parsed.success) return body;
  const { data } = parsed.data;
  const updated_at = Date.now() + milliseconds;
  return JSON.stringify({ ...parsed.data, data: { ...data, updated_at } });
}
