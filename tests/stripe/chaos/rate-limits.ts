/** Requests per second. */
export const rateLimits = new Map([
  ["sandbox", 25],
  ["live", 100],
]);

/** The names of the limits in the chaos settings. */
export const rateLimitNames = [...rateLimits.keys()];
