import { z } from "zod";
import type { ChaosPatch, ChaosSettings } from "./chaos/settings.ts";
import { doneSchema, type RotationInput, rotationResponseSchema } from "./control/protocol.ts";
import { attemptSchema, messageSchema } from "./webhooks/messages.ts";

type Query = Record<string, string | number | undefined>;

type Schemas<Settings> = { settings: z.ZodType<Settings>; chaos: z.ZodType<ChaosSettings> };

/** The calls of the control API that all local services share. */
export function sharedControlCalls<Settings>(call: Call, { settings, chaos }: Schemas<Settings>) {
  return { ...webhookCalls(call, settings), ...chaosCalls(call, chaos) };
}

export type Call = <Result>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  schema: z.ZodType<Result>,
  body?: object,
) => Promise<Result>;

/** How a request reaches the service. In the same process, its own handler costs less. */
export type Send = (request: Request) => Promise<Response>;

export function createCall(origin: string, send: Send = fetch): Call {
  return async (method, path, schema, body) => {
    const request = new Request(`${origin}/control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const response = await send(request);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /control${path}: ${response.status} ${text}`);
    return schema.parse(JSON.parse(text));
  };
}

export function queryString(query: Query): string {
  const values = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return values.length === 0 ? "" : `?${new URLSearchParams(values)}`;
}

function webhookCalls<Settings>(call: Call, settings: z.ZodType<Settings>) {
  return {
    /** Newest first. `subjectId` is the id of what a message is about. */
    listWebhookMessages: (filter: { subjectId?: string; limit?: number; offset?: number } = {}) =>
      call("GET", `/webhooks${queryString(filter)}`, z.array(messageSchema)),
    /** Delivery attempts, oldest first. */
    listWebhookAttempts: (messageId: string) =>
      call("GET", `/webhooks/${messageId}/attempts`, z.array(attemptSchema)),
    /** Sends the message again with the same `id`. */
    redeliver: (messageId: string) =>
      call("POST", `/webhooks/${messageId}/redeliver`, messageSchema),
    /** Queues webhooks without sending them. */
    hold: () => call("POST", "/webhooks/hold", settings),
    release: () => call("POST", "/webhooks/release", settings),
    /** Resolves when no delivery is due or in flight; with `retries`, also no retry is pending. */
    waitForIdle: (options: { retries?: boolean } = {}) =>
      call("POST", "/webhooks/wait-for-idle", doneSchema, options),
  };
}

/** Fault injection; the README explains each setting. */
function chaosCalls(call: Call, settings: z.ZodType<ChaosSettings>) {
  return {
    getChaos: () => call("GET", "/chaos", settings),
    updateChaos: (patch: ChaosPatch) => call("PATCH", "/chaos", settings, patch),
    /** Turns all chaos off and sends delayed messages now. */
    stopChaos: () => call("POST", "/chaos/stop", settings),
    /** Sets the offset of the service's clock from the system clock. */
    shiftClock: (clockOffsetMs: number) => call("PATCH", "/chaos", settings, { clockOffsetMs }),
    /** The new secret signs first; previous ones keep signing for `graceMs`, by default a day. */
    rotateWebhookSecret: (rotation: RotationInput = {}) =>
      call("POST", "/webhooks/rotate-secret", rotationResponseSchema, rotation),
  };
}
