import * as z from "zod";
import type { Database } from "../bindings/client.ts";

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  notnull: z.number(),
  dflt_value: z.string().nullable(),
});
type Column = z.infer<typeof columnSchema>;

const referenceSchema = z.object({ table: z.string(), from: z.string(), to: z.string() });

export interface Table {
  name: string;
  columns: Column[];
  references: z.infer<typeof referenceSchema>[];
  /** Values that a CHECK allows, by column. */
  allowed: Map<string, string[]>;
}

/** The tables of the database, each after those it refers to. */
export async function readTables(db: Database): Promise<Table[]> {
  const { results } = await db
    .prepare("select name, sql from sqlite_master where type = 'table' and name not glob '_*'")
    .all<{ name: string; sql: string }>();
  const tables = await Promise.all(results.map(({ name, sql }) => readTable(db, name, sql)));
  return sortByReferences(tables.filter(({ name }) => !name.startsWith("sqlite_")));
}

async function readTable(db: Database, name: string, sql: string): Promise<Table> {
  const pragma = async <Row>(statement: string, schema: z.ZodType<Row>) =>
    z.array(schema).parse((await db.prepare(`pragma ${statement}(${name})`).all()).results);
  const checks = sql.matchAll(/"(\w+)" in \(([^)]+)\)/g);
  return {
    name,
    columns: await pragma("table_info", columnSchema),
    references: await pragma("foreign_key_list", referenceSchema),
    allowed: new Map([...checks].map(([, column = "", list = ""]) => [column, literals(list)])),
  };
}

const literals = (list: string) => [...list.matchAll(/'([^']*)'/g)].map(([, text = ""]) => text);

function sortByReferences(tables: readonly Table[]): Table[] {
  const sorted: Table[] = [];
  const visit = (table: Table) => {
    if (sorted.includes(table)) return;
    const parents = new Set(table.references.map((reference) => reference.table));
    for (const parent of tables) if (parent !== table && parents.has(parent.name)) visit(parent);
    sorted.push(table);
  };
  tables.forEach(visit);
  return sorted;
}

const chunkSize = 1_000;

/**
 * Inserts rows with a value in every column, and every third row with null where null is allowed.
 * The n-th row refers to the n-th rows of other tables. Rows against a constraint are skipped.
 */
export async function fillTables(db: Database, count: number): Promise<void> {
  for (const table of await readTables(db)) {
    for (let start = 0; start < count; start += chunkSize) {
      const length = Math.min(chunkSize, count - start);
      const rows = Array.from({ length }, (_, index) => rowOf(table, start + index));
      await insertRows(db, table, rows);
    }
  }
}

function insertRows(db: Database, { name, columns }: Table, rows: readonly object[]) {
  const names = columns.map((column) => `"${column.name}"`);
  const values = columns.map((column) => `value ->> '$.${column.name}'`);
  return db
    .prepare(
      `insert or ignore into "${name}" (${names.join(", ")})
       select ${values.join(", ")} from json_each(?)`,
    )
    .bind(JSON.stringify(rows))
    .run();
}

const rowOf = (table: Table, n: number) =>
  Object.fromEntries(table.columns.map((column) => [column.name, cellOf(table, column, n)]));

function cellOf(table: Table, { name, type, notnull }: Column, n: number): string | number | null {
  if (!notnull && n % 3 === 0) return null;
  const reference = table.references.find(({ from }) => from === name);
  if (reference) return `${reference.table}.${reference.to}.${n}`;
  const allowed = table.allowed.get(name);
  if (allowed) return allowed[n % allowed.length] ?? null;
  return type.toLowerCase() === "integer" ? n + 1 : `${table.name}.${name}.${n}`;
}
