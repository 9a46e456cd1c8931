import { drizzle } from "drizzle-orm/d1";
import { ServiceUnavailableError } from "../errors";
import * as schema from "./schema.server";

export type Database = ReturnType<typeof createDatabase>;

export function createDatabase(d1: D1Database) {
  return drizzle(d1, { schema });
}

/**
 * The result of a query or batch.
 * @throws {ServiceUnavailableError} when D1 does not answer or refuses; what it said is the cause, for the log.
 */
export async function fromDatabase<Result>(query: PromiseLike<Result>): Promise<Result> {
  try {
    return await query;
  } catch (cause) {
    throw new ServiceUnavailableError("D1 did not answer", { cause });
  }
}
