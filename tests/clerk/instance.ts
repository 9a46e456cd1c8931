import { z } from "zod";
import { Chaos } from "../local-service/chaos/chaos.ts";
import { type Clock, shiftedClock } from "../local-service/clock.ts";
import type { LocalService } from "../local-service/service.ts";
import type { Database } from "../local-service/state/database.ts";
import { defined } from "../local-service/state/defined.ts";
import { readValue, writeValue } from "../local-service/state/keyed-values.ts";
import { Dispatcher } from "../local-service/webhooks/dispatcher.ts";
import { schemas } from "./chaos/schemas.ts";
import { newId } from "./state/identifiers.ts";
import {
  defaultSettings,
  readSettings,
  type Settings,
  type SettingsPatch,
  secretFormat,
  writeSettings,
} from "./state/settings.ts";
import { texts } from "./texts.ts";
import { loadSigningKey, type SigningKey } from "./tokens/signing-key.ts";
import { svix } from "./webhooks/svix.ts";

export type Instance = Omit<LocalService, "settings" | "changeSettings"> & {
  /** Part of every webhook; every state is an instance of its own. */
  id: string;
  systemClock: Clock;
  signingKey: SigningKey;
  settings(): Settings;
  /** Saves the patch and returns all settings. */
  changeSettings(patch: SettingsPatch): Settings;
};

export type InstanceOptions = {
  db: Database;
  clock: Clock;
  webhookUrl: string;
  retryDelayScale: number | undefined;
  log: (line: string) => void;
};

const defaultRetryDelayScale = 0.01;

/** Loads the stored settings; the webhook URL and the scale, if given, override them. */
export function createInstance(options: InstanceOptions): Instance {
  const { db, log } = options;
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
    protocol: svix,
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
    id: loadInstanceId(db),
    texts,
    secretFormat,
    db,
    clock,
    systemClock: options.clock,
    chaos,
    signingKey: loadSigningKey(db),
    dispatcher,
    settings: () => settings,
    changeSettings,
  };
}

function loadInstanceId(db: Database): string {
  const stored = readValue(db, "instance-id", z.string());
  const id = stored ?? newId("ins");
  if (stored === undefined) writeValue(db, "instance-id", id);
  return id;
}

function merge(settings: Settings, patch: SettingsPatch): Settings {
  return {
    signUp: { ...settings.signUp, ...defined(patch.signUp) },
    signIn: { ...settings.signIn, ...defined(patch.signIn) },
    clerkJs: { ...settings.clerkJs, ...defined(patch.clerkJs) },
    sessionToken: { ...settings.sessionToken, ...defined(patch.sessionToken) },
    webhooks: { ...settings.webhooks, ...defined(patch.webhooks) },
  };
}
