import { type Cost, dailyUsers } from "./cost.ts";

export interface Limit {
  resource: string;
  limit: string;
  /** The share used by a million daily users. */
  share: number;
  usersAtLimit: number;
}

/** A D1 database runs one statement or batch at a time; assumes a millisecond each. */
const d1CallsPerSecond = 1_000;
const d1Gigabytes = 10;
const clerkCallsPerSecond = 100;

/** Tightest limit first. Each webhook counts as one Clerk call, the maximum it can cause. */
export function limitsOf({ peak, storageGb }: Cost): Limit[] {
  const limit = (resource: string, limit: string, share: number): Limit => ({
    resource,
    limit,
    share,
    usersAtLimit: dailyUsers / share,
  });
  return [
    limit(
      "D1 calls in the busiest hour",
      `${d1CallsPerSecond} per second at 1 ms each`,
      peak.d1Calls / d1CallsPerSecond,
    ),
    limit("Database size", `${d1Gigabytes} GB`, storageGb / d1Gigabytes),
    limit(
      "Clerk Backend API calls in the busiest hour",
      `${clerkCallsPerSecond} per second`,
      peak.webhooks / clerkCallsPerSecond,
    ),
  ].sort((a, b) => b.share - a.share);
}
