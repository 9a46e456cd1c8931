import type { Clock } from "../clock.ts";
import type { BackendRoute } from "./backend-route.ts";

const windowMs = 10_000;

/** Requests in a window for a whole instance, by its kind. */
const instanceLimits = { development: 100, production: 1000 } as const;

/** Changes of one user and of its metadata in a window. */
const changesPerUser = 10;

type Window = { endsAt: number; requests: number };

/**
 * Clerk's documented rate limits for the Backend API. Counts in fixed windows of ten seconds, each
 * from the first request in it, in memory: a restart forgets them.
 */
export class RateLimits {
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request; returns the seconds to wait when it is one too many. */
  count(
    kind: keyof typeof instanceLimits,
    route: BackendRoute | undefined,
    path: string,
  ): number | undefined {
    if (route === "jwks") return undefined;
    const refused = this.#take("instance", instanceLimits[kind]);
    if (refused !== undefined) return refused;
    if (route !== "users.update" && route !== "users.metadata") return undefined;
    return this.#take(`user ${path.split("/")[2]}`, changesPerUser);
  }

  #take(key: string, limit: number): number | undefined {
    const now = this.#clock.now();
    const window = this.#windowOf(key, now);
    if (window.requests >= limit) return Math.ceil((window.endsAt - now) / 1000);
    window.requests += 1;
    return undefined;
  }

  #windowOf(key: string, now: number): Window {
    const known = this.#windows.get(key);
    if (known !== undefined && now < known.endsAt) return known;
    for (const [old, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(old);
    const fresh = { endsAt: now + windowMs, requests: 0 };
    this.#windows.set(key, fresh);
    return fresh;
  }
}
