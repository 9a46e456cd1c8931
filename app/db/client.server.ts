import { drizzle } from "drizzle-orm/d1";
import { ServiceUnavailableError } from "~/errors";
import { withTimeout } from "~/http/timeout";

export type Database = ReturnType<typeof createDatabase>;

export function createDatabase(d1: D1Database) {
  return drizzle(d1);
}

/** Shorter than Svix's timeout of 15 s. */
const timeoutMs = 8_000;

/** Every query and batch goes through here. @throws {ServiceUnavailableError} if D1 fails. */
export async function runQuery<Result>(query: PromiseLike<Result>): Promise<Result> {
  try {
    return await withTimeout(query, timeoutMs);
  } catch (cause) {
    throw new ServiceUnavailableError("D1 did not respond", { cause });
  }
}
