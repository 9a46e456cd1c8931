import { fillPlaceholders, type Query } from "drizzle-orm";
import type { Database } from "./client.server";

/**
 * A statement whose SQL is built once an isolate, for what is written at each webhook: building it anew costs more than checking
 * the signature. The query has `sql.placeholder(name)` where the values go.
 */
export function knownStatement<Name extends string>(build: (db: Database) => { toSQL(): Query }) {
  let known: Query | undefined;
  return (db: Database, values: Record<Name, string | number | null>): D1PreparedStatement => {
    known ??= build(db).toSQL();
    return db.$client.prepare(known.sql).bind(...fillPlaceholders(known.params, values));
  };
}
