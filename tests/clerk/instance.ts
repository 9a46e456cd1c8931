import { z } from "zod";
import type { Clock } from "../local-service/clock.ts";
import { createService, type ServiceOptions } from "../local-service/create-service.ts";
import type { LocalService } from "../local-service/service.ts";
import type { Database } from "../local-service/state/database.ts";
import { defined } from "../local-service/state/defined.ts";
import { readValue, writeValue } from "../local-service/state/keyed-values.ts";
import { schemas } from "./chaos/schemas.ts";
import { type Deployment, deploymentOf, type Setup } from "./deployment.ts";
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
  deployment: Deployment;
  systemClock: Clock;
  signingKey: SigningKey;
  settings(): Settings;
  /** Saves the patch and returns all settings. */
  changeSettings(patch: SettingsPatch): Settings;
};

export function createInstance(options: ServiceOptions & { setup: Setup }): Instance {
  const { db } = options;
  return {
    ...createService(options, settingsStore, schemas, svix),
    id: loadInstanceId(db),
    deployment: deploymentOf(options.setup),
    signingKey: loadSigningKey(db),
    texts,
    secretFormat,
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

const settingsStore = {
  defaults: defaultSettings,
  read: readSettings,
  write: writeSettings,
  merge,
};
