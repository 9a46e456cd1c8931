import { z } from "zod";
import { faultSchema } from "../chaos/fault.ts";
import { chaosPatchSchema, chaosSettingsSchema } from "../chaos/settings.ts";
import { secretSchema, settingsSchema } from "../state/settings.ts";
import { metadataSchema } from "../state/users.ts";
import { attemptSchema, messageSchema } from "../webhooks/messages.ts";
import { userJsonSchema } from "../wire/user-json.ts";

/** What travels over the control API, for its server and its client alike. */

export const newUserSchema = z.strictObject({
  /** The first one becomes the primary address; all are verified. */
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
  /** A new or known address that becomes the primary one, verified. */
  primaryEmailAddress: z.email().optional(),
  banned: z.boolean().optional(),
  /** Merged as Clerk merges metadata: null removes a key. */
  publicMetadata: metadataSchema.optional(),
  privateMetadata: metadataSchema.optional(),
  unsafeMetadata: metadataSchema.optional(),
});
export type UserChangeInput = z.input<typeof userChangeSchema>;

/** Many users at once, for tests with a large population. */
export const bulkUsersSchema = z.strictObject({
  count: z.coerce.number().int().min(1).max(200_000),
  /** The n-th has the address `<prefix>n@example.com`; a prefix can be used once. */
  prefix: z
    .string()
    .regex(/^[a-z0-9.-]{1,40}$/i, "letters, digits, dots and hyphens")
    .default("user-"),
  /** Whether a `user.created` is queued for each of them. */
  webhooks: z.boolean().default(false),
});
export type BulkUsersInput = z.input<typeof bulkUsersSchema>;

export const bulkUsersAnswerSchema = z.object({ count: z.number() });

export const userFilterSchema = z.object({
  query: z.string().optional(),
  emailAddress: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

export const newSessionSchema = z.strictObject({
  userId: z.string(),
  /** Origin the token is for (`azp`) and the cookies belong to; by default that of the webhook URL. */
  appOrigin: z.url().optional(),
});

export const startedSessionSchema = z.object({
  sessionId: z.string(),
  userId: z.string(),
  devBrowserId: z.string(),
  /** A fresh session token, as ClerkJS would have it. */
  token: z.string(),
  /** What a browser that is signed in would send to the app, by name. */
  cookies: z.record(z.string(), z.string()),
});
export type StartedSession = z.infer<typeof startedSessionSchema>;

export const tokenRequestSchema = z.strictObject({
  sessionId: z.string(),
  /** The app's origin; null leaves `azp` out; by default the origin of the webhook URL. */
  azp: z.string().nullable().optional(),
  /** Seconds since the epoch; `exp` stays 60 s and `nbf` -10 s from it unless claims say otherwise. */
  issuedAt: z.number().int().optional(),
  /** Laid over all other claims; null values stay null, undefined ones are not sent. */
  claims: metadataSchema.optional(),
  /** `foreign` signs with a key that is not the instance's, under the instance's key id. */
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

export const emailFilterSchema = z.object({
  to: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const messageFilterSchema = z.object({
  /** Id of the user it is about. */
  subjectId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

export const idleRequestSchema = z.strictObject({
  /** Wait for retries that are planned for later, too. */
  retries: z.boolean().default(false),
});

export const resetRequestSchema = z.strictObject({
  /** Create the demo accounts again. */
  seed: z.boolean().default(false),
});

/** Replaces the webhook secrets by a new one, as an app is told to do it from time to time. */
export const rotationSchema = z.strictObject({
  /** The new secret; a random one by default. */
  secret: secretSchema.optional(),
  /** How long the former secrets go on signing beside it; 24 hours at Svix. */
  graceMs: z.number().int().min(0).default(86_400_000),
});
export type RotationInput = z.input<typeof rotationSchema>;

export const rotationAnswerSchema = z.object({
  secret: z.string(),
  /** All that sign now, the new one first. */
  signing: z.array(z.string()),
});

export const doneSchema = z.object({ done: z.literal(true) });

export {
  attemptSchema,
  chaosPatchSchema,
  chaosSettingsSchema,
  faultSchema,
  messageSchema,
  settingsSchema,
  userJsonSchema,
};
