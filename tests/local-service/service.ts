import type { Chaos } from "./chaos/chaos.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./state/database.ts";
import type { Dispatcher } from "./webhooks/dispatcher.ts";
import type { SecretFormat, WebhookSettings } from "./webhooks/settings.ts";

/** What the shared parts need to know about a local service. */
export type LocalService = {
  texts: ServiceTexts;
  db: Database;
  /** The service's clock: the system clock plus the offset of the chaos settings. */
  clock: Clock;
  chaos: Chaos;
  dispatcher: Dispatcher;
  secretFormat: SecretFormat;
  settings(): { webhooks: WebhookSettings };
  /** Saves the patch and returns all settings. */
  changeSettings(patch: { webhooks: Partial<WebhookSettings> }): { webhooks: WebhookSettings };
};

/** Names and texts of the control page. */
export type ServiceTexts = {
  /** Such as `Clerk`. */
  company: string;
  /** Such as `Backend API`. */
  api: string;
  /** The pages of the control page: paths and names. */
  views: readonly (readonly [path: string, name: string])[];
  /** The page that lists webhook messages. */
  messagesPath: string;
  /** The text of a page without messages. */
  noMessages: string;
  /** The name of a message's id, such as `svix-id`. */
  messageId: string;
  /** The page of a message's subject. */
  subjectPath(id: string): string;
  /** Descriptions of the rate limits by name. */
  rateLimits: Record<string, string>;
  rateLimitNote: string;
  /** The secret that the app knows by default. */
  defaultSecret: string;
};
