import { type Clock, systemClock } from "../local-service/clock.ts";
import { type Handler, listen } from "../local-service/listen.ts";
import { openSqlite } from "../local-service/state/database.ts";
import { httpHandler } from "./http.ts";
import { createInstance } from "./instance.ts";
import { createTimekeeper } from "./payments/timekeeper.ts";
import { schema } from "./state/schema.ts";

export type LocalStripeOptions = {
  /** 0, the default, picks a free port. */
  port?: number;
  /** Loopback address to listen on; `127.0.0.1` by default. */
  host?: string;
  /** Path of the SQLite database, or `:memory:`. */
  statePath: string;
  /** Target of webhooks, such as `http://localhost:8787/api/webhooks/stripe`. */
  webhookUrl: string;
  /** Factor on Stripe's retry delays. */
  retryDelayScale?: number;
  /** Called with one line per API request and webhook attempt. */
  log?: (line: string) => void;
  clock?: Clock;
};

export type LocalStripe = {
  /** Such as `http://127.0.0.1:8789`. */
  origin: string;
  setWebhookUrl(url: string): void;
  /** Handles a request without HTTP, for callers in the same process. */
  handle: Handler;
  /** Stops listening and sending. Undelivered webhooks stay queued. */
  close(): Promise<void>;
};

/**
 * Starts a local Stripe. Rejects with the code `EADDRINUSE` if the port is taken.
 * Resumes undelivered webhooks of an earlier run with the same state.
 */
export async function startLocalStripe(options: LocalStripeOptions): Promise<LocalStripe> {
  const { port = 0, host = "127.0.0.1", clock = systemClock, log = () => {} } = options;
  const listener = await listen("local Stripe", port, host);
  const { origin } = listener;
  const db = openSqlite(options.statePath, schema);
  const { webhookUrl, retryDelayScale } = options;
  const instance = createInstance({ db, clock, origin, webhookUrl, retryDelayScale, log });
  const timekeeper = createTimekeeper(instance);
  timekeeper.check();
  const handle = httpHandler(instance, timekeeper, log);
  listener.handle(handle);

  return {
    origin,
    handle,
    setWebhookUrl: (url) => void instance.changeSettings({ webhooks: { url } }),
    async close() {
      timekeeper.close();
      await Promise.all([listener.close(), instance.dispatcher.close()]);
      db.close();
    },
  };
}
