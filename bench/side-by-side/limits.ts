import { type Cost, dailyUsers } from "./cost.ts";

export interface Limit {
  what: string;
  limit: string;
  /** How much of it a million daily users take. */
  share: number;
  /** How many daily users take all of it. */
  usersAtLimit: number;
}

/** One D1 database runs one query after the other: a thousand a second where each takes a millisecond. */
const d1StatementsPerSecond = 1_000;
const d1Gigabytes = 10;
const clerkCallsPerSecond = 100;

/** What gives way first as people get more; each webhook is taken to cause one call of Clerk, which is the most there can be. */
export function limitsOf({ peak, storageGb }: Cost): Limit[] {
  const limit = (what: string, limit: string, share: number): Limit => ({
    what,
    limit,
    share,
    usersAtLimit: dailyUsers / share,
  });
  return [
    limit(
      "D1 statements in the busiest hour",
      `${d1StatementsPerSecond} a second at 1 ms each`,
      peak.statements / d1StatementsPerSecond,
    ),
    limit("Size of the database", `${d1Gigabytes} GB`, storageGb / d1Gigabytes),
    limit(
      "Calls of Clerk's Backend API in the busiest hour",
      `${clerkCallsPerSecond} a second`,
      peak.webhooks / clerkCallsPerSecond,
    ),
  ].sort((a, b) => b.share - a.share);
}
