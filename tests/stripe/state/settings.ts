import { z } from "zod";
import type { Database } from "../../local-service/state/database.ts";
import { randomText } from "../../local-service/state/identifiers.ts";
import { readValue, writeValue } from "../../local-service/state/keyed-values.ts";
import { webhookSettingsShape } from "../../local-service/webhooks/settings.ts";
import { permissionNames } from "../api/permissions.ts";
import { apiVersion } from "../api-version.ts";
import { localStripeKeys, localStripeLiveKeys } from "../environment.ts";

/** Stripe's format. */
const secretSchema = z
  .string()
  .regex(/^whsec_[A-Za-z0-9]{32,}$/, "must be whsec_ followed by at least 32 letters and digits");

export const secretFormat = { schema: secretSchema, create: () => `whsec_${randomText(32)}` };

/** Settings that can change at runtime. */
export const settingsSchema = z.object({
  /** The account's API version, in which events are written. */
  apiVersion: z.string(),
  /** Keys that can do only what their permissions allow. */
  restrictedKeys: z.array(
    z.object({
      key: z.string().regex(/^rk_(test|live)_\w+$/),
      permissions: z.array(z.enum(permissionNames)),
    }),
  ),
  bankDebits: z.object({
    /** When bank debits are settled; null leaves it to the control page. */
    settleAfterMs: z.number().int().min(0).nullable(),
  }),
  refunds: z.object({
    /** When the bank answers a pending refund; null leaves it to the control page. */
    settleAfterMs: z.number().int().min(0).nullable(),
  }),
  tax: z.object({
    /** The rate that automatic tax applies. */
    percent: z.number().min(0).max(100),
  }),
  webhooks: z.object({
    ...webhookSettingsShape(secretSchema),
    /** The event types that the endpoint receives; `*` at the end stands for any rest. */
    enabledEvents: z.array(z.string()).min(1),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

const { shape } = settingsSchema;

export const settingsPatchSchema = z.strictObject({
  apiVersion: shape.apiVersion.optional(),
  restrictedKeys: shape.restrictedKeys.optional(),
  bankDebits: shape.bankDebits.partial().optional(),
  refunds: shape.refunds.partial().optional(),
  tax: shape.tax.partial().optional(),
  webhooks: shape.webhooks.partial().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** What the app needs; the deployment guide lists the same. */
const appPermissions = [
  "checkout_session_write",
  "payment_intent_read",
  "charge_write",
  "dispute_read",
  "event_read",
] as const;

export function defaultSettings(webhookUrl: string, retryDelayScale: number): Settings {
  return {
    apiVersion,
    restrictedKeys: [localStripeKeys.restrictedKey, localStripeLiveKeys.restrictedKey].map(
      (key) => ({ key, permissions: [...appPermissions] }),
    ),
    // As in Stripe's test mode.
    bankDebits: { settleAfterMs: 180_000 },
    refunds: { settleAfterMs: 180_000 },
    tax: { percent: 19 },
    webhooks: {
      url: webhookUrl,
      secrets: [localStripeKeys.webhookSecret],
      retiringSecrets: [],
      held: false,
      retryDelayScale,
      enabledEvents: ["*"],
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
