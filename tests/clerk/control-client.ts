import { z } from "zod";
import type { FaultInput } from "../local-service/chaos/fault.ts";
import { doneSchema } from "../local-service/control/protocol.ts";
import {
  type Call,
  createCall,
  queryString,
  type Send,
  sharedControlCalls,
} from "../local-service/control-client.ts";
import { schemas } from "./chaos/schemas.ts";
import {
  type BulkUsersInput,
  bulkUsersResponseSchema,
  type ExampleInput,
  emailJsonSchema,
  type NewSessionInput,
  type NewUserInput,
  settingsSchema,
  startedSessionSchema,
  type TokenRequest,
  type UserChangeInput,
  userJsonSchema,
} from "./control/protocol.ts";
import type { SettingsPatch } from "./state/settings.ts";

export type ControlClient = ReturnType<typeof createControlClient>;

/**
 * A typed client for the control API of the local Clerk at `origin`. Every call throws an `Error`
 * with the response text if the response is not 2xx.
 */
export function createControlClient(origin: string, send?: Send) {
  const call = createCall(origin, send);
  return {
    ...userCalls(call),
    ...sessionCalls(call),
    ...sharedControlCalls(call, { settings: settingsSchema, chaos: schemas.settings }),
    /** Adds a fault of the Backend API; by default it affects the next request. */
    failBackendApi: (fault: FaultInput) => call("POST", "/chaos/faults", schemas.settings, fault),
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
    createSession: (session: NewSessionInput) =>
      call("POST", "/sessions", startedSessionSchema, session),
    revokeSession: (sessionId: string) => call("POST", `/sessions/${sessionId}/revoke`, doneSchema),
    /** A session token, which can be made invalid on purpose. */
    async mintSessionToken(request: TokenRequest): Promise<string> {
      const { token } = await call("POST", "/tokens", z.object({ token: z.string() }), request);
      return token;
    },
  };
}

function otherCalls(call: Call) {
  return {
    /** Newest first. */
    listEmails: (filter: { to?: string; limit?: number } = {}) =>
      call("GET", `/emails${queryString(filter)}`, z.array(emailJsonSchema)),
    /** Sends an event about "Example Example", a user who does not exist. */
    sendExample: (example: ExampleInput = {}) => call("POST", "/examples", doneSchema, example),
    getSettings: () => call("GET", "/settings", settingsSchema),
    updateSettings: (patch: SettingsPatch) => call("PATCH", "/settings", settingsSchema, patch),
    /** Deletes users, sessions, emails and webhooks; keeps keys and settings. */
    reset: (options: { seed?: boolean } = {}) => call("POST", "/reset", doneSchema, options),
  };
}
