const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Svix's retry delays, each from the previous failure, in milliseconds. */
export const retryDelays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  10 * hour,
] as const;

/** Milliseconds to wait after this many failures; undefined once Svix gives up. */
export function retryDelay(failures: number, scale: number): number | undefined {
  const delay = retryDelays[failures - 1];
  return delay === undefined ? undefined : Math.round(delay * scale);
}
