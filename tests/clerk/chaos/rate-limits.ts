import type { Clock } from "../clock.ts";
import type { BackendRoute } from "./backend-route.ts";

const windowMs = 10_000;

/** Requests per window and instance. */
const instanceLimits = { development: 100, production: 1000 } as const;

/** Updates per window and user, metadata included. */
const updatesPerUser = 10;

type Window = { endsAt: number; requests: number };

/**
 * Clerk's documented rate limits for the Backend API: fixed windows of ten seconds that start with
 * their first request, kept in memory only.
 */
export class RateLimits {
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request; returns the seconds to wait if it exceeds a limit. */
  count(
    kind: keyof typeof instanceLimits,
    route: BackendRoute | undefined,
    path: string,
  ): number | undefined {
    if (route === "jwks") return undefined;
    const retryAfter = this.#increment("instance", instanceLimits[kind]);
    if (retryAfter !== undefined) return retryAfter;
    if (route !== "users.update" && route !== "users.metadata") return undefined;
    return this.#increment(`user ${path.split("/")[2]}`, updatesPerUser);
  }

  #increment(key: string, limit: number): number | undefined {
    const now = this.#clock.now();
    const window = this.#currentWindow(key, now);
    if (window.requests >= limit) return Math.ceil((window.endsAt - now) / 1000);
    window.requests += 1;
    return undefined;
  }

  #currentWindow(key: string, now: number): Window {
    const current = this.#windows.get(key);
    if (current !== undefined && now < current.endsAt) return current;
    for (const [old, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(old);
    const started = { endsAt: now + windowMs, requests: 0 };
    this.#windows.set(key, started);
    return started;
  }
}
