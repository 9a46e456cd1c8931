import type { Clock } from "../local-service/clock.ts";

/**
 * The next `updated_at` (ms). Strictly increases even within one millisecond: ClerkJS and the app
 * ignore a state that is not newer.
 */
export function nextRevision(clock: Clock, previous: number): number {
  return Math.max(clock.now(), previous + 1);
}
