import type { SQLInputValue } from "node:sqlite";
import { z } from "zod";
import type { Database } from "./database.ts";

export type DocumentTable<Entity> = {
  find(db: Database, id: string): Entity | undefined;
  /** Inserts or replaces the entity by id. */
  save(db: Database, entity: Entity): Entity;
  remove(db: Database, id: string): void;
  clear(db: Database): void;
  /** `clauses` is the SQL after `FROM table`. */
  select(db: Database, clauses: string, ...values: SQLInputValue[]): Entity[];
  count(db: Database, clauses: string, ...values: SQLInputValue[]): number;
};

type Definition<Entity> = {
  table: string;
  schema: z.ZodType<Entity>;
  /** Extra columns for lookups and sorting. */
  columns?: (entity: Entity) => Record<string, SQLInputValue>;
};

const documentRow = z.object({ document: z.string() });
const countRow = z.object({ count: z.number() });

/** Stores entities as JSON documents in one table and validates them on read. */
export function documentTable<Entity extends { id: string }>(
  definition: Definition<Entity>,
): DocumentTable<Entity> {
  const { table, schema } = definition;

  function read(row: unknown): Entity {
    return schema.parse(JSON.parse(documentRow.parse(row).document));
  }

  return {
    find(db, id) {
      const row = db.statement(`SELECT document FROM ${table} WHERE id = ?`).get(id);
      return row === undefined ? undefined : read(row);
    },
    save(db, entity) {
      const row = {
        id: entity.id,
        ...definition.columns?.(entity),
        document: JSON.stringify(entity),
      };
      db.statement(upsert(table, Object.keys(row))).run(...Object.values(row));
      return entity;
    },
    remove(db, id) {
      db.statement(`DELETE FROM ${table} WHERE id = ?`).run(id);
    },
    clear(db) {
      db.statement(`DELETE FROM ${table}`).run();
    },
    select(db, clauses, ...values) {
      return db
        .statement(`SELECT document FROM ${table} ${clauses}`)
        .all(...values)
        .map(read);
    },
    count(db, clauses, ...values) {
      const row = db.statement(`SELECT COUNT(*) AS count FROM ${table} ${clauses}`).get(...values);
      return countRow.parse(row).count;
    },
  };
}

function upsert(table: string, columns: string[]): string {
  const placeholders = columns.map(() => "?").join(", ");
  const assignments = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${placeholders})
    ON CONFLICT (id) DO UPDATE SET ${assignments.join(", ")}`;
}
