import { z } from "zod";
import { actorSchema } from "../state/sessions.ts";
import { settingsSchema } from "../state/settings.ts";
import { metadataSchema } from "../state/users.ts";
import { userJsonSchema } from "../wire/user-json.ts";

/** Request and response schemas of the control API, shared by server and client. */

export const newUserSchema = z.strictObject({
  /** All are verified; the first one is primary. */
  emailAddresses: z.array(z.email()),
  password: z.string().optional(),
  firstName: z.string().nullable().optional(),
  lastName: z.string().nullable().optional(),
  username: z.string().nullable().optional(),
  publicMetadata: metadataSchema.optional(),
  privateMetadata: metadataSchema.optional(),
  unsafeMetadata: metadataSchema.optional(),
});
export type NewUserInput = z.input<typeof newUserSchema>;

export const userChangeSchema = z.strictObject({
  firstName: z.string().nullable().optional(),
  lastName: z.string().nullable().optional(),
  username: z.string().nullable().optional(),
  password: z.string().optional(),
  /** Becomes the verified primary address; added if new. */
  primaryEmailAddress: z.email().optional(),
  /** A ban also revokes all sessions. */
  banned: z.boolean().optional(),
  locked: z.boolean().optional(),
  /** Deep-merged; null removes a key. */
  publicMetadata: metadataSchema.optional(),
  privateMetadata: metadataSchema.optional(),
  unsafeMetadata: metadataSchema.optional(),
});
export type UserChangeInput = z.input<typeof userChangeSchema>;

/** Creates many users, for tests with large data sets. */
export const bulkUsersSchema = z.strictObject({
  count: z.coerce.number().int().min(1).max(200_000),
  /** The n-th user has the address `<prefix>n@example.com`; a prefix can be used once. */
  prefix: z
    .string()
    .regex(/^[a-z0-9.-]{1,40}$/i, "must be letters, digits, dots or hyphens")
    .default("user-"),
  /** Whether to queue a `user.created` for each user. */
  webhooks: z.boolean().default(false),
});
export type BulkUsersInput = z.input<typeof bulkUsersSchema>;

export const bulkUsersResponseSchema = z.object({ count: z.number() });

export const userFilterSchema = z.object({
  query: z.string().optional(),
  emailAddress: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

export const newSessionSchema = z.strictObject({
  userId: z.string(),
  /** Origin of the app (`azp`); by default that of the webhook URL. */
  appOrigin: z.url().optional(),
  /** Signs another person in as the user, like Clerk's "Sign in as user". */
  actor: actorSchema.optional(),
});
export type NewSessionInput = z.input<typeof newSessionSchema>;

export const startedSessionSchema = z.object({
  sessionId: z.string(),
  userId: z.string(),
  devBrowserId: z.string(),
  /** A new session token. */
  token: z.string(),
  /** The cookies that a signed-in browser sends to the app. */
  cookies: z.record(z.string(), z.string()),
});
export type StartedSession = z.infer<typeof startedSessionSchema>;

export const tokenRequestSchema = z.strictObject({
  sessionId: z.string(),
  /** Null omits the claim; by default the origin of the webhook URL. */
  azp: z.string().nullable().optional(),
  /** Seconds since the epoch; unless overridden, `exp` is 60 s later and `nbf` 10 s earlier. */
  issuedAt: z.number().int().optional(),
  /** Overrides all other claims. */
  claims: metadataSchema.optional(),
  /** `foreign` signs with another key under the instance's key id. */
  key: z.enum(["instance", "foreign"]).default("instance"),
});
export type TokenRequest = z.input<typeof tokenRequestSchema>;

export const emailJsonSchema = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  code: z.string().nullable(),
  createdAt: z.number(),
});

export const exampleSchema = z.strictObject({
  type: z.enum(["user.created", "user.updated"]).default("user.created"),
});
export type ExampleInput = z.input<typeof exampleSchema>;

export const emailFilterSchema = z.object({
  to: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const resetRequestSchema = z.strictObject({
  /** Whether to create the demo accounts again. */
  seed: z.boolean().default(false),
});

export { settingsSchema, userJsonSchema };
