import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { schema } from "./schema.ts";

/** One SQLite database with its prepared statements. All calls are synchronous. */
export type Database = {
  statement(sql: string): StatementSync;
  /** Runs `work` as one change: all of it or, when it throws, none. May be nested. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
};

/** Opens (or creates) the database at `path`; `:memory:` keeps nothing. */
export function openDatabase(path: string): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const sqlite = new DatabaseSync(path);
  sqlite.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;",
  );
  sqlite.exec(schema);
  const statements = new Map<string, StatementSync>();
  let depth = 0;

  function statement(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
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
