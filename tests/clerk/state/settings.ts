import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Database } from "../../local-service/state/database.ts";
import { readValue, writeValue } from "../../local-service/state/keyed-values.ts";
import { webhookSettingsShape } from "../../local-service/webhooks/settings.ts";
import { localClerkKeys } from "../environment.ts";
import { metadataSchema } from "./users.ts";

/** Svix's format. */
const secretSchema = z
  .string()
  .regex(
    /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/,
    "must be whsec_ followed by at least 24 bytes in base64",
  );

export const secretFormat = {
  schema: secretSchema,
  create: () => `whsec_${randomBytes(24).toString("base64")}`,
};

/** Settings that can change at runtime. */
export const settingsSchema = z.object({
  signUp: z.object({
    /** Whether sign-up requires a code sent by email. */
    verifyEmailCode: z.boolean(),
  }),
  signIn: z.object({
    /**
     * What a password from a browser that the user has never signed in with answers: Device Trust
     * is known in two forms.
     */
    deviceTrust: z.enum(["off", "needs_client_trust", "needs_second_factor"]),
    /** Whether users can add an authenticator app and backup codes as a second factor. */
    authenticatorApp: z.boolean(),
  }),
  clerkJs: z.object({
    /** How the major version redirects to the exact one. */
    redirect: z.enum(["relative", "absolute"]),
  }),
  sessionToken: z.object({
    /** Claims added to session tokens; strings can contain `{{user.…}}` shortcodes. */
    claims: metadataSchema,
  }),
  webhooks: z.object({
    ...webhookSettingsShape(secretSchema),
    /** Whether `session.ended`, `.removed` and `.revoked` are sent in addition to `user.*`. */
    sessionEvents: z.boolean(),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsPatchSchema = z.strictObject({
  signUp: settingsSchema.shape.signUp.partial().optional(),
  signIn: settingsSchema.shape.signIn.partial().optional(),
  clerkJs: settingsSchema.shape.clerkJs.partial().optional(),
  sessionToken: settingsSchema.shape.sessionToken.partial().optional(),
  webhooks: settingsSchema.shape.webhooks.partial().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export function defaultSettings(webhookUrl: string, retryDelayScale: number): Settings {
  return {
    signUp: { verifyEmailCode: true },
    signIn: { deviceTrust: "off", authenticatorApp: false },
    clerkJs: { redirect: "relative" },
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
      sessionEvents: true,
    },
  };
}

/** A patch, because an older version may have stored fewer settings. */
export function readSettings(db: Database): SettingsPatch {
  return readValue(db, "settings", settingsPatchSchema) ?? {};
}

export function writeSettings(db: Database, settings: Settings): void {
  writeValue(db, "settings", settingsSchema.parse(settings));
}
