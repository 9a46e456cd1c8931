import { z } from "zod";
import type { FaultInput } from "./chaos/fault.ts";
import type { ChaosPatch } from "./chaos/settings.ts";
import {
  attemptSchema,
  type BulkUsersInput,
  bulkUsersResponseSchema,
  chaosSettingsSchema,
  doneSchema,
  emailJsonSchema,
  messageSchema,
  type NewUserInput,
  type RotationInput,
  rotationResponseSchema,
  settingsSchema,
  startedSessionSchema,
  type TokenRequest,
  type UserChangeInput,
  userJsonSchema,
} from "./control/protocol.ts";
import type { SettingsPatch } from "./state/settings.ts";

export type ControlClient = ReturnType<typeof createControlClient>;

type Query = Record<string, string | number | undefined>;

/**
 * A typed client for the control API of the local Clerk at `origin`. Every call throws an `Error`
 * with the response text if the response is not 2xx.
 */
export function createControlClient(origin: string) {
  const call = createCall(origin);
  return {
    ...userCalls(call),
    ...sessionCalls(call),
    ...webhookCalls(call),
    ...chaosCalls(call),
    ...otherCalls(call),
  };
}

/** Changes send the same webhooks as Clerk. Users are in the Backend API's format. */
function userCalls(call: Call) {
  return {
    listUsers: (filter: { query?: string; emailAddress?: string; limit?: number } = {}) =>
      call("GET", `/users${queryString(filter)}`, z.array(userJsonSchema)),
    createUser: (user: NewUserInput) => call("POST", "/users", userJsonSchema, user),
    /** Creates many users; the n-th has the address `<prefix>n@example.com`. */
    createUsers: (users: BulkUsersInput) =>
      call("POST", "/users/bulk", bulkUsersResponseSchema, users),
    getUser: (userId: string) => call("GET", `/users/${userId}`, userJsonSchema),
    /** Metadata is deep-merged; null removes a key. */
    updateUser: (userId: string, change: UserChangeInput) =>
      call("PATCH", `/users/${userId}`, userJsonSchema, change),
    deleteUser: (userId: string) => call("DELETE", `/users/${userId}`, doneSchema),
  };
}

function sessionCalls(call: Call) {
  return {
    /** Signs the user in on a new browser; returns the cookies that it would send to the app. */
    createSession: (session: { userId: string; appOrigin?: string }) =>
      call("POST", "/sessions", startedSessionSchema, session),
    revokeSession: (sessionId: string) => call("POST", `/sessions/${sessionId}/revoke`, doneSchema),
    /** A session token, which can be made invalid on purpose. */
    async mintSessionToken(request: TokenRequest): Promise<string> {
      const { token } = await call("POST", "/tokens", z.object({ token: z.string() }), request);
      return token;
    },
  };
}

function webhookCalls(call: Call) {
  return {
    /** Newest first. `subjectId` is a user id. */
    listWebhookMessages: (filter: { subjectId?: string; limit?: number; offset?: number } = {}) =>
      call("GET", `/webhooks${queryString(filter)}`, z.array(messageSchema)),
    /** Delivery attempts, oldest first. */
    listWebhookAttempts: (messageId: string) =>
      call("GET", `/webhooks/${messageId}/attempts`, z.array(attemptSchema)),
    /** Sends the message again with the same `svix-id`. */
    redeliver: (messageId: string) =>
      call("POST", `/webhooks/${messageId}/redeliver`, messageSchema),
    /** Queues webhooks without sending them. */
    hold: () => call("POST", "/webhooks/hold", settingsSchema),
    release: () => call("POST", "/webhooks/release", settingsSchema),
    /** Resolves when no delivery is due or in flight; with `retries`, also no retry is pending. */
    waitForIdle: (options: { retries?: boolean } = {}) =>
      call("POST", "/webhooks/wait-for-idle", doneSchema, options),
  };
}

/** Fault injection; the README explains each setting. */
function chaosCalls(call: Call) {
  return {
    getChaos: () => call("GET", "/chaos", chaosSettingsSchema),
    updateChaos: (patch: ChaosPatch) => call("PATCH", "/chaos", chaosSettingsSchema, patch),
    /** Turns all chaos off and sends delayed messages now. */
    stopChaos: () => call("POST", "/chaos/stop", chaosSettingsSchema),
    /** Adds a fault of the Backend API; by default it affects the next request. */
    failBackendApi: (fault: FaultInput) =>
      call("POST", "/chaos/faults", chaosSettingsSchema, fault),
    /** Sets the offset of Clerk's clock from the system clock. */
    shiftClock: (clockOffsetMs: number) =>
      call("PATCH", "/chaos", chaosSettingsSchema, { clockOffsetMs }),
    /** The new secret signs first; previous ones keep signing for `graceMs`, by default a day. */
    rotateWebhookSecret: (rotation: RotationInput = {}) =>
      call("POST", "/webhooks/rotate-secret", rotationResponseSchema, rotation),
  };
}

function otherCalls(call: Call) {
  return {
    /** Newest first. */
    listEmails: (filter: { to?: string; limit?: number } = {}) =>
      call("GET", `/emails${queryString(filter)}`, z.array(emailJsonSchema)),
    getSettings: () => call("GET", "/settings", settingsSchema),
    updateSettings: (patch: SettingsPatch) => call("PATCH", "/settings", settingsSchema, patch),
    /** Deletes users, sessions, emails and webhooks; keeps keys and settings. */
    reset: (options: { seed?: boolean } = {}) => call("POST", "/reset", doneSchema, options),
  };
}

type Call = <Result>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  schema: z.ZodType<Result>,
  body?: object,
) => Promise<Result>;

function createCall(origin: string): Call {
  return async (method, path, schema, body) => {
    const response = await fetch(`${origin}/control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /control${path}: ${response.status} ${text}`);
    return schema.parse(JSON.parse(text));
  };
}

function queryString(query: Query): string {
  const values = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return values.length === 0 ? "" : `?${new URLSearchParams(values)}`;
}
