import { z } from "zod";
import { localClerkKeys } from "../environment.ts";
import type { Database } from "./database.ts";
import { readValue, writeValue } from "./keyed-values.ts";
import { metadataSchema } from "./users.ts";

export const secretSchema = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "whsec_ and the base64 of at least 24 bytes");

/** What can be changed while the local Clerk runs. */
export const settingsSchema = z.object({
  signUp: z.object({
    /** Whether signing up asks for the code sent by e-mail. */
    verifyEmailCode: z.boolean(),
  }),
  sessionToken: z.object({
    /** Claims added to session tokens; strings may hold `{{user.…}}` shortcodes. */
    claims: metadataSchema,
  }),
  webhooks: z.object({
    url: z.url({ protocol: /^https?$/ }),
    /** All of them sign, as Svix does while a secret is being rotated. */
    secrets: z.array(secretSchema).min(1),
    /** Former secrets, which go on signing until a moment of Clerk's clock (ms). */
    retiringSecrets: z.array(z.object({ secret: secretSchema, until: z.number() })),
    /** Held messages are queued but not sent. */
    held: z.boolean(),
    /** Factor on Svix's retry delays. */
    retryDelayScale: z.number().min(0).max(1),
    /** Whether `session.*` events are sent beside `user.*`. */
    sessionEvents: z.boolean(),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Some settings of each group; what is left out stays as it is. */
export const settingsPatchSchema = z.strictObject({
  signUp: settingsSchema.shape.signUp.partial().optional(),
  sessionToken: settingsSchema.shape.sessionToken.partial().optional(),
  webhooks: settingsSchema.shape.webhooks.partial().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export function defaultSettings(webhookUrl: string, retryDelayScale: number): Settings {
  return {
    signUp: { verifyEmailCode: true },
    sessionToken: {
      claims: {
        dbId: "{{user.public_metadata.dbId}}",
        role: "{{user.public_metadata.role}}",
      },
    },
    webhooks: {
      url: webhookUrl,
      secrets: [localClerkKeys.webhookSecret],
      retiringSecrets: [],
      held: false,
      retryDelayScale,
      sessionEvents: false,
    },
  };
}

/** What was kept, perhaps by a local Clerk that had fewer settings. */
export function readSettings(db: Database): SettingsPatch {
  return readValue(db, "settings", settingsPatchSchema) ?? {};
}

export function writeSettings(db: Database, settings: Settings): void {
  writeValue(db, "settings", settingsSchema.parse(settings));
}
