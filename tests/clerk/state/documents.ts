import type { SQLInputValue } from "node:sqlite";
import { z } from "zod";
import type { Database } from "./database.ts";

export type DocumentTable<Entity> = {
  find(db: Database, id: string): Entity | undefined;
  /** Inserts or replaces the entity under its id. */
  save(db: Database, entity: Entity): Entity;
  remove(db: Database, id: string): void;
  clear(db: Database): void;
  /** Entities in the order of `tail`, which is the SQL after `FROM table`. */
  select(db: Database, tail: string, ...values: SQLInputValue[]): Entity[];
  count(db: Database, tail: string, ...values: SQLInputValue[]): number;
};

type Definition<Entity> = {
  table: string;
  schema: z.ZodType<Entity>;
  /** What is looked up or sorted by, beside the document. */
  columns?: (entity: Entity) => Record<string, SQLInputValue>;
};

const documentRow = z.object({ document: z.string() });
const countRow = z.object({ count: z.number() });

/** Entities kept as JSON documents in one table, checked by their schema on the way out. */
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
    select(db, tail, ...values) {
      return db
        .statement(`SELECT document FROM ${table} ${tail}`)
        .all(...values)
        .map(read);
    },
    count(db, tail, ...values) {
      const row = db.statement(`SELECT COUNT(*) AS count FROM ${table} ${tail}`).get(...values);
      return countRow.parse(row).count;
    },
  };
}

function upsert(table: string, columns: string[]): string {
  const places = columns.map(() => "?").join(", ");
  const changes = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})
    ON CONFLICT (id) DO UPDATE SET ${changes.join(", ")}`;
}
