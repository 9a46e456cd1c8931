const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Svix's delays before each retry, counted from the failure before it. */
export const retryDelays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  10 * hour,
] as const;

/** Milliseconds to wait after the `failures`-th failure; undefined when Svix gives up. */
export function retryDelay(failures: number, scale: number): number | undefined {
  const delay = retryDelays[failures - 1];
  return delay === undefined ? undefined : Math.round(delay * scale);
}
