/** The only source of time in the local Clerk, so that tests can control it. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };

/** `offset` is in milliseconds. */
export function shiftedClock(clock: Clock, offset: () => number): Clock {
  return { now: () => clock.now() + offset() };
}

/**
 * The next `updated_at` (ms). Strictly increases even within one millisecond: ClerkJS and the app
 * ignore a state that is not newer.
 */
export function nextRevision(clock: Clock, previous: number): number {
  return Math.max(clock.now(), previous + 1);
}
