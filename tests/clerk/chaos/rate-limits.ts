import { RequestWindows } from "../../local-service/chaos/request-windows.ts";
import type { Clock } from "../../local-service/clock.ts";
import type { BackendRoute } from "./backend-route.ts";

const windowMs = 10_000;

/** Requests per window and instance. */
const instanceLimits = new Map([
  ["development", 100],
  ["production", 1000],
]);

/** The names of the limits in the chaos settings. */
export const rateLimitNames = [...instanceLimits.keys()];

/** Updates per window and user, metadata included. */
const updatesPerUser = 10;

/** Clerk's documented rate limits for the Backend API. */
export class RateLimits {
  readonly #windows: RequestWindows;

  constructor(clock: Clock) {
    this.#windows = new RequestWindows(clock, windowMs);
  }

  /** Counts a request; returns the seconds to wait if it exceeds a limit. */
  count(kind: string, route: BackendRoute | undefined, path: string): number | undefined {
    const limit = instanceLimits.get(kind);
    if (limit === undefined || route === "jwks") return undefined;
    const retryAfter = this.#windows.count("instance", limit);
    if (retryAfter !== undefined) return retryAfter;
    if (route !== "users.update" && route !== "users.metadata") return undefined;
    return this.#windows.count(`user ${path.split("/")[2]}`, updatesPerUser);
  }
}
