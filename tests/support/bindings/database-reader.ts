import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/**
 * Reads the file of a running D1, in microseconds instead of milliseconds. It sees what D1 has
 * committed, which includes everything that a response depends on. Writing would make the writes of
 * the worker fail in the meantime.
 */
export interface DatabaseReader {
  /** The rows as JSON, or null if the statement is no `select`. */
  read(sql: string, values: readonly unknown[]): string | null;
  close(): void;
}

/** D1 must have opened the file: it does not wait for another process that opens it. */
export function createDatabaseReader(file: string): DatabaseReader {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  return {
    read: (sql, values) =>
      /^\s*select\b/i.test(sql)
        ? JSON.stringify(database.prepare(sql).all(...values.map(inputValue)))
        : null,
    close: () => database.close(),
  };
}

function inputValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  throw new Error(`Cannot bind ${typeof value}`);
}
