/** The only source of time in the local Clerk, so that a test can set it. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that differs from another one by an offset in milliseconds. */
export function shiftedClock(clock: Clock, offset: () => number): Clock {
  return { now: () => clock.now() + offset() };
}

/**
 * The next revision (`updated_at`, ms) of something whose last one is `previous`.
 * Always grows, also twice within one millisecond: ClerkJS and the app drop a state that is not newer.
 */
export function nextRevision(clock: Clock, previous: number): number {
  return Math.max(clock.now(), previous + 1);
}
