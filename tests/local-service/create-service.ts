import { Chaos } from "./chaos/chaos.ts";
import type { ChaosSchemas } from "./chaos/settings.ts";
import { type Clock, shiftedClock } from "./clock.ts";
import type { Database } from "./state/database.ts";
import { Dispatcher } from "./webhooks/dispatcher.ts";
import type { Protocol } from "./webhooks/sender.ts";
import type { WebhookSettings } from "./webhooks/settings.ts";

export type ServiceOptions = {
  db: Database;
  clock: Clock;
  webhookUrl: string;
  retryDelayScale: number | undefined;
  log: (line: string) => void;
};

type Webhooks = { webhooks: WebhookSettings };

/** How a service stores its settings. */
type SettingsStore<Settings extends Webhooks, Patch> = {
  defaults(webhookUrl: string, retryDelayScale: number): Settings;
  read(db: Database): Patch;
  write(db: Database, settings: Settings): void;
  merge(settings: Settings, patch: Patch | { webhooks: Partial<WebhookSettings> }): Settings;
};

const defaultRetryDelayScale = 0.01;

/** Loads the stored settings; the webhook URL and the scale, if given, override them. */
export function createService<Settings extends Webhooks, Patch>(
  options: ServiceOptions,
  store: SettingsStore<Settings, Patch>,
  schemas: ChaosSchemas,
  protocol: Protocol,
) {
  const { db, log, webhookUrl, retryDelayScale } = options;
  const chaos = new Chaos(db, schemas);
  const clock = shiftedClock(options.clock, () => chaos.settings().clockOffsetMs);
  const defaults = store.defaults(webhookUrl, retryDelayScale ?? defaultRetryDelayScale);
  let settings = store.merge(defaults, store.read(db));
  const dispatcher = new Dispatcher({
    db,
    clock,
    log,
    chaos,
    settings: () => settings.webhooks,
    protocol,
  });
  const changeSettings = (patch: Parameters<typeof store.merge>[1]): Settings => {
    const next = store.merge(settings, patch);
    store.write(db, next);
    settings = next;
    dispatcher.wake();
    return next;
  };
  changeSettings({
    webhooks: { url: webhookUrl, ...(retryDelayScale !== undefined && { retryDelayScale }) },
  });
  const { clock: systemClock } = options;
  return { db, clock, systemClock, chaos, dispatcher, settings: () => settings, changeSettings };
}
