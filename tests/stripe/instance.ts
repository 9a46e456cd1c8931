import type { Clock } from "../local-service/clock.ts";
import { createService, type ServiceOptions } from "../local-service/create-service.ts";
import type { LocalService } from "../local-service/service.ts";
import { defined } from "../local-service/state/defined.ts";
import { schemas } from "./chaos/schemas.ts";
import {
  defaultSettings,
  readSettings,
  type Settings,
  type SettingsPatch,
  secretFormat,
  writeSettings,
} from "./state/settings.ts";
import { texts } from "./texts.ts";
import { stripeProtocol } from "./webhooks/stripe-protocol.ts";

export type Instance = Omit<LocalService, "settings" | "changeSettings"> & {
  /** The origin of the hosted pages. */
  origin: string;
  systemClock: Clock;
  settings(): Settings;
  /** Saves the patch and returns all settings. */
  changeSettings(patch: SettingsPatch): Settings;
};

export type InstanceOptions = ServiceOptions & { origin: string };

export function createInstance(options: InstanceOptions): Instance {
  const service = createService(options, settingsStore, schemas, stripeProtocol);
  return { ...service, origin: options.origin, texts, secretFormat };
}

function merge(settings: Settings, patch: SettingsPatch): Settings {
  return {
    apiVersion: patch.apiVersion ?? settings.apiVersion,
    restrictedKeys: patch.restrictedKeys ?? settings.restrictedKeys,
    bankDebits: { ...settings.bankDebits, ...defined(patch.bankDebits) },
    refunds: { ...settings.refunds, ...defined(patch.refunds) },
    tax: { ...settings.tax, ...defined(patch.tax) },
    webhooks: { ...settings.webhooks, ...defined(patch.webhooks) },
  };
}

const settingsStore = {
  defaults: defaultSettings,
  read: readSettings,
  write: writeSettings,
  merge,
};
