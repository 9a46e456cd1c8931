import { type Cost, dailyUsers } from "./cost.ts";

export interface Limit {
  what: string;
  limit: string;
  /** The share that a million daily users take. */
  share: number;
  usersAtLimit: number;
}

/** A D1 database runs one call, a statement or a batch, after the other: here each takes a millisecond. */
const d1CallsPerSecond = 1_000;
const d1Gigabytes = 10;
const clerkCallsPerSecond = 100;

/** The limits, tightest first. Each webhook counts as one call to Clerk, the most it can cause. */
export function limitsOf({ peak, storageGb }: Cost): Limit[] {
  const limit = (what: string, limit: string, share: number): Limit => ({
    what,
    limit,
    share,
    usersAtLimit: dailyUsers / share,
  });
  return [
    limit(
      "D1 calls in the busiest hour",
      `${d1CallsPerSecond} a second at 1 ms each`,
      peak.d1Calls / d1CallsPerSecond,
    ),
    limit("Size of the database", `${d1Gigabytes} GB`, storageGb / d1Gigabytes),
    limit(
      "Calls of Clerk's Backend API in the busiest hour",
      `${clerkCallsPerSecond} a second`,
      peak.webhooks / clerkCallsPerSecond,
    ),
  ].sort((a, b) => b.share - a.share);
}
