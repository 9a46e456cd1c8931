import { Chaos } from "./chaos/chaos.ts";
import { type Clock, shiftedClock } from "./clock.ts";
import type { Database } from "./state/database.ts";
import {
  defaultSettings,
  readSettings,
  type Settings,
  type SettingsPatch,
  writeSettings,
} from "./state/settings.ts";
import { loadSigningKey, type SigningKey } from "./tokens/signing-key.ts";
import { Dispatcher } from "./webhooks/dispatcher.ts";

/** Clerk's instance id; part of every webhook. */
export const instanceId = "ins_localclerk";

export type Instance = {
  db: Database;
  /** Clerk's clock: the system clock plus the offset of the chaos settings. */
  clock: Clock;
  systemClock: Clock;
  chaos: Chaos;
  signingKey: SigningKey;
  dispatcher: Dispatcher;
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
  const chaos = new Chaos(db);
  const clock = shiftedClock(options.clock, () => chaos.settings().clockOffsetMs);
  const scale = options.retryDelayScale ?? defaultRetryDelayScale;
  let settings = merge(defaultSettings(options.webhookUrl, scale), readSettings(db));
  const dispatcher = new Dispatcher({ db, clock, log, chaos, settings: () => settings.webhooks });

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

function merge(settings: Settings, patch: SettingsPatch): Settings {
  return {
    signUp: { ...settings.signUp, ...defined(patch.signUp) },
    clerkJs: { ...settings.clerkJs, ...defined(patch.clerkJs) },
    sessionToken: { ...settings.sessionToken, ...defined(patch.sessionToken) },
    webhooks: { ...settings.webhooks, ...defined(patch.webhooks) },
  };
}

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

function defined<Values extends object>(values: Values | undefined): Defined<Values> {
  const result: Defined<Values> = {};
  for (const key in values)
    if (values[key] !== undefined) Object.assign(result, { [key]: values[key] });
  return result;
}
