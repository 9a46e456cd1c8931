import { randomText } from "../state/identifiers.ts";
import type { Attempt, Message } from "./messages.ts";
import { signingSecrets } from "./secrets.ts";
import type { WebhookSettings } from "./settings.ts";

/** What differs between services: headers, timeout and retry delays. */
export type Protocol = {
  /** The headers of one attempt; `signed` is the text to sign, which a bad signature changes. */
  headers(message: Message, signed: string, secrets: string[], at: Date): Record<string, string>;
  /** Milliseconds to wait for a response. */
  timeoutMs: number;
  /** Milliseconds to wait after this many failures; undefined once the service gives up. */
  retryDelay(message: Message, failures: number, scale: number): number | undefined;
};

const maxResponseCharacters = 2000;

type SendOptions = { at: number; signal: AbortSignal; badSignature: boolean };

/** Sends one message, signed with every active secret. Never throws. */
export async function sendMessage(
  protocol: Protocol,
  message: Message,
  settings: WebhookSettings,
  { at, signal, badSignature }: SendOptions,
): Promise<Attempt> {
  const startedAt = performance.now();
  const signed = badSignature ? `${message.payload} (tampered)` : message.payload;
  const secrets = signingSecrets(settings, at);
  const requestHeaders = protocol.headers(message, signed, secrets, new Date(at));
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(protocol.timeoutMs)]);
  const outcome = await post(settings.url, requestHeaders, message.payload, deadline);
  return {
    id: `atmpt_${randomText(27)}`,
    messageId: message.id,
    at,
    url: settings.url,
    requestHeaders,
    requestBody: message.payload,
    durationMs: Math.round(performance.now() - startedAt),
    ...outcome,
  };
}

/** Only 2xx is a success; redirects are failures. */
export function isDelivered(attempt: Attempt): boolean {
  return attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
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
      signal,
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
