const minute = 60_000;
const hour = 60 * minute;

/** Test mode: three retries over a few hours. */
const testDelays = [5 * minute, 30 * minute, 2 * hour];

/**
 * Live mode: exponential backoff for up to three days. Stripe does not publish the exact delays.
 */
const liveDelays = [
  ...[5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 12 * hour],
  ...[12 * hour, 12 * hour, 12 * hour],
];

/** Milliseconds to wait after this many failures; undefined once Stripe gives up. */
export function retryDelay(live: boolean, failures: number, scale: number): number | undefined {
  const delay = (live ? liveDelays : testDelays)[failures - 1];
  return delay === undefined ? undefined : Math.round(delay * scale);
}
