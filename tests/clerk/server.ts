import { type Clock, systemClock } from "../local-service/clock.ts";
import { type Handler, listen } from "../local-service/listen.ts";
import type { Setup } from "./deployment.ts";
import { httpHandler } from "./http.ts";
import { createInstance } from "./instance.ts";
import { seedDemoAccounts } from "./seed.ts";
import { openDatabase } from "./state/database.ts";

export type LocalClerkOptions = {
  /** 0, the default, picks a free port. */
  port?: number;
  /** Loopback address to listen on; `127.0.0.1` by default. */
  host?: string;
  /** Path of the SQLite database, or `:memory:`. */
  statePath: string;
  /** Target of webhooks, such as `http://localhost:8787/api/webhooks/clerk`. */
  webhookUrl: string;
  /** `local` by default. */
  setup?: Setup;
  /** Factor on Svix's retry delays; 1 = 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h. */
  retryDelayScale?: number;
  /** Creates the demo accounts if there are no users; true by default. */
  seed?: boolean;
  /** Called with one line per API request and webhook attempt. */
  log?: (line: string) => void;
  clock?: Clock;
};

export type LocalClerk = {
  /** Such as `http://127.0.0.1:8788`. */
  origin: string;
  /** The id that `GET /v1/instance` returns. */
  instanceId: string;
  /** SPKI PEM of the key that signs session tokens. */
  jwtKey: string;
  setWebhookUrl(url: string): void;
  /** Handles a request without HTTP, for callers in the same process. */
  handle: Handler;
  /** Stops listening and sending. Undelivered webhooks stay queued. */
  close(): Promise<void>;
};

/**
 * Starts a local Clerk. Rejects with the code `EADDRINUSE` if the port is taken.
 * Resumes undelivered webhooks of an earlier run with the same state.
 */
export async function startLocalClerk(options: LocalClerkOptions): Promise<LocalClerk> {
  const { port = 0, host = "127.0.0.1", clock = systemClock, log = () => {} } = options;
  const listener = await listen("local Clerk", port, host);
  const db = openDatabase(options.statePath);
  const { webhookUrl, retryDelayScale, setup = "local" } = options;
  const instance = createInstance({ db, clock, webhookUrl, retryDelayScale, log, setup });
  if (options.seed ?? true) seedDemoAccounts(instance);
  const handle = httpHandler(instance, log);
  listener.handle(handle);

  return {
    origin: listener.origin,
    instanceId: instance.id,
    jwtKey: instance.signingKey.publicPem,
    handle,
    setWebhookUrl: (url) => void instance.changeSettings({ webhooks: { url } }),
    async close() {
      await Promise.all([listener.close(), instance.dispatcher.close()]);
      db.close();
    },
  };
}
