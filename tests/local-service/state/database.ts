import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** A SQLite database with cached prepared statements. All calls are synchronous. */
export type Database = {
  statement(sql: string): StatementSync;
  /** Runs `work` atomically; rolls back if it throws. A nested call joins the outer transaction. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
};

/**
 * Opens or creates the database at `path`, which can be `:memory:`, with the tables of `schema`.
 */
export function openSqlite(path: string, schema: string): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const sqlite = new DatabaseSync(path);
  sqlite.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;",
  );
  sqlite.exec(schema);
  const statements = new Map<string, StatementSync>();
  let depth = 0;

  function statement(sql: string): StatementSync {
    const cached = statements.get(sql);
    if (cached) return cached;
    const prepared = sqlite.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  }

  function transaction<Result>(work: () => Result): Result {
    if (depth > 0) return work();
    sqlite.exec("BEGIN IMMEDIATE");
    depth += 1;
    try {
      const result = work();
      sqlite.exec("COMMIT");
      return result;
    } catch (error) {
      sqlite.exec("ROLLBACK");
      throw error;
    } finally {
      depth -= 1;
    }
  }

  return { statement, transaction, close: () => sqlite.close() };
}
