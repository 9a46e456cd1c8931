import type { Clock } from "../clock.ts";

type Window = { endsAt: number; requests: number };

/** Counts requests in fixed windows that start with their first request; in memory only. */
export class RequestWindows {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** Counts a request; returns the seconds to wait if it exceeds the limit. */
  count(key: string, limit: number): number | undefined {
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
    const started = { endsAt: now + this.#windowMs, requests: 0 };
    this.#windows.set(key, started);
    return started;
  }
}
