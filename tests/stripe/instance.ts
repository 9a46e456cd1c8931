import { Chaos } from "../local-service/chaos/chaos.ts";
import { type Clock, shiftedClock } from "../local-service/clock.ts";
import type { LocalService } from "../local-service/service.ts";
import type { Database } from "../local-service/state/database.ts";
import { defined } from "../local-service/state/defined.ts";
import { Dispatcher } from "../local-service/webhooks/dispatcher.ts";
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

export type InstanceOptions = {
  db: Database;
  clock: Clock;
  origin: string;
  webhookUrl: string;
  retryDelayScale: number | undefined;
  log: (line: string) => void;
};

const defaultRetryDelayScale = 0.01;

/** Loads the stored settings; the webhook URL and the scale, if given, override them. */
export function createInstance(options: InstanceOptions): Instance {
  const { db, log, origin } = options;
  const chaos = new Chaos(db, schemas);
  const clock = shiftedClock(options.clock, () => chaos.settings().clockOffsetMs);
  const scale = options.retryDelayScale ?? defaultRetryDelayScale;
  let settings = merge(defaultSettings(options.webhookUrl, scale), readSettings(db));
  const dispatcher = new Dispatcher({
    db,
    clock,
    log,
    chaos,
    settings: () => settings.webhooks,
    protocol: stripeProtocol,
  });

  function changeSettings(patch: SettingsPatch): Settings {
    const next = merge(settings, patch);
    writeSettings(db, next);
    settings = next;
    dispatcher.wake();
    return next;
  }

  changeSettings({
    webhooks: {
      url: options.webhookUrl,
      ...(options.retryDelayScale === undefined ? {} : { retryDelayScale: scale }),
    },
  });
  return {
    texts,
    secretFormat,
    db,
    clock,
    systemClock: options.clock,
    chaos,
    dispatcher,
    origin,
    settings: () => settings,
    changeSettings,
  };
}

function merge(settings: Settings, patch: SettingsPatch): Settings {
  return {
    apiVersion: patch.apiVersion ?? settings.apiVersion,
    restrictedKeys: patch.restrictedKeys ?? settings.restrictedKeys,
    bankDebits: { ...settings.bankDebits, ...defined(patch.bankDebits) },
    tax: { ...settings.tax, ...defined(patch.tax) },
    webhooks: { ...settings.webhooks, ...defined(patch.webhooks) },
  };
}
