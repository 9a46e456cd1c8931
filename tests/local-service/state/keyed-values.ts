import { z } from "zod";
import type { Database } from "./database.ts";

const valueRow = z.object({ value: z.string() });

export function readValue<Value>(
  db: Database,
  key: string,
  schema: z.ZodType<Value>,
): Value | undefined {
  const row = db.statement("SELECT value FROM keyed_values WHERE key = ?").get(key);
  return row === undefined ? undefined : schema.parse(JSON.parse(valueRow.parse(row).value));
}

export function writeValue(db: Database, key: string, value: unknown): void {
  db.statement(
    `INSERT INTO keyed_values (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(key, JSON.stringify(value));
}
