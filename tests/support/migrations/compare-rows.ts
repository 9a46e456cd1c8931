import type { Database } from "../bindings/client.ts";
import type { Table } from "./fill-tables.ts";
import { readTables } from "./fill-tables.ts";

type Row = Record<string, unknown>;

export interface Snapshot {
  tables: Table[];
  rows: Map<string, Row[]>;
}

export async function takeSnapshot(db: Database): Promise<Snapshot> {
  const tables = await readTables(db);
  const rows = new Map<string, Row[]>();
  for (const { name } of tables) rows.set(name, await readRows(db, name));
  return { tables, rows };
}

async function readRows(db: Database, table: string): Promise<Row[]> {
  return (await db.prepare(`select * from "${table}"`).all<Row>()).results;
}

/**
 * What the migrations lost, changed or added wrongly: rows, values, relations, defaults of new
 * columns. Empty if every row is as before.
 */
export async function findLosses(db: Database, before: Snapshot): Promise<string[]> {
  const after = await takeSnapshot(db);
  const losses: string[] = [];
  for (const table of before.tables) {
    const migrated = after.tables.find(({ name }) => name === table.name);
    if (!migrated) losses.push(`${table.name}: the table is missing`);
    else
      losses.push(...lostRows(table, before, after), ...(await wrongDefaults(db, table, migrated)));
  }
  const { results } = await db.prepare("pragma foreign_key_check").all<{ table: string }>();
  for (const { table } of results) losses.push(`${table}: a row refers to a missing row`);
  return [...new Set(losses)];
}

function lostRows({ name, columns }: Table, before: Snapshot, after: Snapshot): string[] {
  const names = columns.map((column) => column.name);
  const textOf = (row: Row) => JSON.stringify(names.map((column) => row[column]));
  const kept = new Set(after.rows.get(name)?.map(textOf));
  const lost = (before.rows.get(name) ?? []).filter((row) => !kept.has(textOf(row))).length;
  return lost === 0 ? [] : [`${name}: ${lost} rows were lost or changed`];
}

/** Filled from other rows by their migration (tests/unit/migrate-filled-database.test.ts). */
const derivedColumns = new Set(["purchases.attention"]);

/** Old rows must have the default in each new column, or null. */
async function wrongDefaults(db: Database, before: Table, after: Table): Promise<string[]> {
  const old = new Set(before.columns.map(({ name }) => name));
  const added = after.columns.filter(
    ({ name }) => !old.has(name) && !derivedColumns.has(`${after.name}.${name}`),
  );
  const wrong: string[] = [];
  for (const { name, dflt_value } of added) {
    const others = `select 1 from "${after.name}" where "${name}" is not (${dflt_value ?? "null"})`;
    if (await db.prepare(`${others} limit 1`).first()) {
      wrong.push(`${after.name}.${name}: a row does not have the default`);
    }
  }
  return wrong;
}
