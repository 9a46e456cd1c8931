import { z } from "zod";
import type { FaultInput } from "./chaos/fault.ts";
import type { ChaosPatch } from "./chaos/settings.ts";
import {
  attemptSchema,
  type BulkUsersInput,
  bulkUsersAnswerSchema,
  chaosSettingsSchema,
  doneSchema,
  emailJsonSchema,
  messageSchema,
  type NewUserInput,
  type RotationInput,
  rotationAnswerSchema,
  settingsSchema,
  startedSessionSchema,
  type TokenRequest,
  type UserChangeInput,
  userJsonSchema,
} from "./control/protocol.ts";
import type { SettingsPatch } from "./state/settings.ts";

export type ControlClient = ReturnType<typeof createControlClient>;

/** Options that a caller may leave out or pass as undefined. */
type Query = Record<string, string | number | undefined>;

/**
 * A typed client of the control API of the local Clerk at `origin`. Every call throws an `Error`
 * with the answer's text when the answer is not 2xx.
 */
export function createControlClient(origin: string) {
  const call = caller(origin);
  return {
    ...userCalls(call),
    ...sessionCalls(call),
    ...webhookCalls(call),
    ...chaosCalls(call),
    ...otherCalls(call),
  };
}

/** Each change sends the webhook that Clerk would send. Users are in the Backend API's form. */
function userCalls(call: Call) {
  return {
    listUsers: (filter: { query?: string; emailAddress?: string; limit?: number } = {}) =>
      call("GET", `/users${search(filter)}`, z.array(userJsonSchema)),
    createUser: (user: NewUserInput) => call("POST", "/users", userJsonSchema, user),
    /** Many users in one go; the n-th has the address `<prefix>n@example.com`. */
    createUsers: (users: BulkUsersInput) =>
      call("POST", "/users/bulk", bulkUsersAnswerSchema, users),
    getUser: (userId: string) => call("GET", `/users/${userId}`, userJsonSchema),
    /** Metadata is merged as Clerk merges it: null removes a key. */
    updateUser: (userId: string, change: UserChangeInput) =>
      call("PATCH", `/users/${userId}`, userJsonSchema, change),
    deleteUser: (userId: string) => call("DELETE", `/users/${userId}`, doneSchema),
  };
}

function sessionCalls(call: Call) {
  return {
    /** Signs the user in on a new browser; the cookies are those the app would get from it. */
    createSession: (session: { userId: string; appOrigin?: string }) =>
      call("POST", "/sessions", startedSessionSchema, session),
    revokeSession: (sessionId: string) => call("POST", `/sessions/${sessionId}/revoke`, doneSchema),
    /** A session token, also one that must be refused. */
    async mintSessionToken(request: TokenRequest): Promise<string> {
      const { token } = await call("POST", "/tokens", z.object({ token: z.string() }), request);
      return token;
    },
  };
}

function webhookCalls(call: Call) {
  return {
    /** The latest first. `subjectId` is the id of a user. */
    listWebhookMessages: (filter: { subjectId?: string; limit?: number; offset?: number } = {}) =>
      call("GET", `/webhooks${search(filter)}`, z.array(messageSchema)),
    /** Every try to deliver the message, the oldest first. */
    listWebhookAttempts: (messageId: string) =>
      call("GET", `/webhooks/${messageId}/attempts`, z.array(attemptSchema)),
    /** Sends the message again under the same `svix-id`. */
    redeliver: (messageId: string) =>
      call("POST", `/webhooks/${messageId}/redeliver`, messageSchema),
    /** From now on webhooks are queued but not sent. */
    hold: () => call("POST", "/webhooks/hold", settingsSchema),
    release: () => call("POST", "/webhooks/release", settingsSchema),
    /** Resolves when no delivery is due or in flight; with `retries`, when none is planned either. */
    waitForIdle: (options: { retries?: boolean } = {}) =>
      call("POST", "/webhooks/wait-for-idle", doneSchema, options),
  };
}

/** How the local Clerk misbehaves; the README tells what each setting does. */
function chaosCalls(call: Call) {
  return {
    getChaos: () => call("GET", "/chaos", chaosSettingsSchema),
    /** Any part of the settings; the rest stays. */
    updateChaos: (patch: ChaosPatch) => call("PATCH", "/chaos", chaosSettingsSchema, patch),
    /** Everything off; what was only delayed goes out at once. */
    stopChaos: () => call("POST", "/chaos/stop", chaosSettingsSchema),
    /** One more fault of the Backend API: of the next request, if it does not say otherwise. */
    failBackendApi: (fault: FaultInput) =>
      call("POST", "/chaos/faults", chaosSettingsSchema, fault),
    /** Clerk's clock is ahead of this machine's by so much; below 0 it is behind. */
    shiftClock: (clockOffsetMs: number) =>
      call("PATCH", "/chaos", chaosSettingsSchema, { clockOffsetMs }),
    /** A new secret signs first; the former ones go on for `graceMs`, a day by default. */
    rotateWebhookSecret: (rotation: RotationInput = {}) =>
      call("POST", "/webhooks/rotate-secret", rotationAnswerSchema, rotation),
  };
}

function otherCalls(call: Call) {
  return {
    /** The latest first. */
    listEmails: (filter: { to?: string; limit?: number } = {}) =>
      call("GET", `/emails${search(filter)}`, z.array(emailJsonSchema)),
    getSettings: () => call("GET", "/settings", settingsSchema),
    updateSettings: (patch: SettingsPatch) => call("PATCH", "/settings", settingsSchema, patch),
    /** Forgets users, sessions, e-mails and webhooks; keys and settings stay. */
    reset: (options: { seed?: boolean } = {}) => call("POST", "/reset", doneSchema, options),
  };
}

type Call = <Answer>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  schema: z.ZodType<Answer>,
  body?: object,
) => Promise<Answer>;

function caller(origin: string): Call {
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

function search(query: Query): string {
  const values = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return values.length === 0 ? "" : `?${new URLSearchParams(values)}`;
}
