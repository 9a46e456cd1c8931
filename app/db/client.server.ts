import { drizzle } from "drizzle-orm/d1";
import { ServiceUnavailableError } from "~/errors";
import { withTimeout } from "~/http/timeout";

export type Database = ReturnType<typeof createDatabase>;

export function createDatabase(d1: D1Database) {
  return drizzle(d1);
}

/** Longer than any query of ours takes, shorter than Svix (15 s) or a person waits. */
const timeoutMs = 8_000;

/**
 * The result of a query or batch.
 * @throws {ServiceUnavailableError} when D1 does not answer or refuses; what it said is the cause, for the log.
 */
export async function runQuery<Result>(query: PromiseLike<Result>): Promise<Result> {
  try {
    return await withTimeout(query, timeoutMs);
  } catch (cause) {
    throw new ServiceUnavailableError("D1 did not answer", { cause });
  }
}
