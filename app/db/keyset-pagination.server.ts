import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Cursor } from "./cursor";

export const pageLength = 25;

/** A part of an index that holds matching rows: the values of its first columns, and what the key has to begin with. */
export interface IndexRange {
  [column: string]: string | number;
  prefix: string;
}

interface KeysetOptions {
  table: SQLiteTable;
  /** The columns in front of the key in the index, as SQL that compares them with the range in `arm.value`. */
  match: SQL;
  ranges: readonly IndexRange[];
  /** The expression in the index that gives every row its place. */
  key: string;
  order: "asc" | "desc";
  cursor: Cursor;
  length?: number;
}

/** The key "newest first" of `sort-keys.ts`, for a query in which other tables have columns of the same names. */
export const newestKey = ({ createdAt, id }: { createdAt: SQLiteColumn; id: SQLiteColumn }) =>
  sql<string>`(1000000000000000 + ${createdAt}) || ${id}`;

/** Past every text in SQLite's order. */
const maxKey = sql`x''`;
const prefix = sql`(arm.value ->> '$.prefix')`;

/**
 * The rows of one page, by keyset pagination over several ranges of one index: of each range no more than a page is read, then
 * they are merged. What it costs depends neither on the table's size, nor on the filter, nor on how far the page is in.
 * One row more than a page is asked for, which tells whether there is another page.
 */
export function keysetPage(options: KeysetOptions) {
  const { table, match, ranges, key, order, cursor, length = pageLength } = options;
  const rawKey = sql.raw(key);
  const ascending = (order === "asc") === (cursor.before === null);
  const bound = cursor.after ?? cursor.before;
  const direction = sql.raw(ascending ? "asc" : "desc");
  const end = sql`iif(${prefix} = '', ${maxKey}, ${prefix} || char(1114111))`;
  const low = ascending && bound !== null ? sql`max(${prefix}, ${bound})` : prefix;
  const high = !ascending && bound !== null ? sql`min(${end}, ${bound})` : end;
  const limit = sql.raw(`${length + 1}`);
  return {
    where: sql`rowid in (
      select hit.rowid from json_each(${JSON.stringify(ranges)}) arm cross join ${table} hit on hit.rowid in (
        select rowid from ${table} where ${match} and ${rawKey} > ${low} and ${rawKey} < ${high}
        order by ${rawKey} ${direction} limit ${limit}))`,
    orderBy: sql`${rawKey} ${direction}`,
    limit: length + 1,
  };
}

export interface Page<Row> {
  rows: Row[];
  /** The keys that lead to the pages beside this one; null where there is none. */
  previous: string | null;
  next: string | null;
}

/** Cuts what `keysetPage` found to a page, in the order of the list. */
export function toPage<Row extends { key: string }>(
  found: readonly Row[],
  cursor: Cursor,
  length = pageLength,
): Page<Row> {
  const rows = found.slice(0, length);
  const hasMore = found.length > length;
  const backwards = cursor.before !== null;
  if (backwards) rows.reverse();
  const isFirst = backwards ? !hasMore : cursor.after === null;
  const isLast = !backwards && !hasMore;
  return {
    rows,
    previous: isFirst ? null : (rows[0]?.key ?? null),
    next: isLast ? null : (rows.at(-1)?.key ?? null),
  };
}
