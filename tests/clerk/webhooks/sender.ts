import { Webhook } from "svix";
import type { Clock } from "../clock.ts";
import { newId } from "../state/identifiers.ts";
import type { Settings } from "../state/settings.ts";
import type { Attempt, Message } from "./messages.ts";
import { signingSecrets } from "./secrets.ts";

/** Svix's timeout. */
const responseTimeoutMs = 15_000;

const maxResponseCharacters = 2000;

/** Sends one message with Svix's headers and signature. Never throws. */
export async function sendMessage(
  message: Message,
  settings: Settings["webhooks"],
  clock: Clock,
  signal: AbortSignal,
  { badSignature = false }: { badSignature?: boolean } = {},
): Promise<Attempt> {
  const at = clock.now();
  const startedAt = performance.now();
  const requestHeaders = svixHeaders(
    message,
    signingSecrets(settings, at),
    new Date(at),
    badSignature,
  );
  const outcome = await post(settings.url, requestHeaders, message.payload, signal);
  return {
    id: newId("atmpt"),
    messageId: message.id,
    at,
    url: settings.url,
    requestHeaders,
    requestBody: message.payload,
    durationMs: Math.round(performance.now() - startedAt),
    ...outcome,
  };
}

/** Like Svix, only 2xx is a success; redirects are failures. */
export function isDelivered(attempt: Attempt): boolean {
  return attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
}

function svixHeaders(
  message: Message,
  secrets: string[],
  at: Date,
  badSignature: boolean,
): Record<string, string> {
  const signed = badSignature ? `${message.payload} (tampered)` : message.payload;
  const signatures = secrets.map((secret) => new Webhook(secret).sign(message.id, at, signed));
  return {
    "content-type": "application/json",
    "user-agent": "Svix-Webhooks/1 (local Clerk)",
    "svix-id": message.id,
    "svix-timestamp": Math.floor(at.getTime() / 1000).toString(),
    "svix-signature": signatures.join(" "),
  };
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Pick<Attempt, "status" | "responseBody" | "error">> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(responseTimeoutMs)]),
    });
    const text = await response.text();
    const responseBody = text.slice(0, maxResponseCharacters);
    return { status: response.status, responseBody, error: null };
  } catch (error) {
    return { status: null, responseBody: null, error: errorMessage(error) };
  }
}

function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
