import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Cursor } from "./cursor";

export const pageLength = 25;

/** A part of an index: values of its leading columns and a prefix of the key. */
export interface IndexRange {
  [column: string]: string | number;
  prefix: string;
}

interface KeysetOptions {
  table: SQLiteTable;
  /** SQL that compares the leading columns with the range in `arm.value`. */
  match: SQL;
  ranges: readonly IndexRange[];
  /** The indexed sort expression. */
  key: string;
  order: "asc" | "desc";
  cursor: Cursor;
  /** Only keys after `from` and before `to`. */
  keys?: { from: string; to: string } | null;
  length?: number;
}

/** The "newest" key of `sort-keys.ts` with qualified column names, for joins. */
export const newestKey = ({ createdAt, id }: { createdAt: SQLiteColumn; id: SQLiteColumn }) =>
  sql<string>`(1000000000000000 + ${createdAt}) || ${id}`;

/** Sorts after every text in SQLite. */
const maxKey = sql`x''`;
const prefix = sql`(arm.value ->> '$.prefix')`;

/**
 * Reads at most one page per index range and merges them, so the cost does not depend on table
 * size, filter or position. Fetches one extra row to detect a next page.
 */
export function keysetPage(options: KeysetOptions) {
  const { table, match, ranges, key, order, cursor, keys = null, length = pageLength } = options;
  const rawKey = sql.raw(key);
  const ascending = (order === "asc") === (cursor.before === null);
  const bound = cursor.after ?? cursor.before;
  const direction = sql.raw(ascending ? "asc" : "desc");
  const end = sql`iif(${prefix} = '', ${maxKey}, ${prefix} || char(1114111))`;
  const low = ascending && bound !== null ? sql`max(${prefix}, ${bound})` : prefix;
  const high = !ascending && bound !== null ? sql`min(${end}, ${bound})` : end;
  const [lowest, highest] = keys
    ? [sql`max(${low}, ${keys.from})`, sql`min(${high}, ${keys.to})`]
    : [low, high];
  const limit = sql.raw(`${length + 1}`);
  return {
    where: sql`rowid in (
      select hit.rowid from json_each(${JSON.stringify(ranges)}) arm cross join ${table} hit on hit.rowid in (
        select rowid from ${table} where ${match} and ${rawKey} > ${lowest} and ${rawKey} < ${highest}
        order by ${rawKey} ${direction} limit ${limit}))`,
    orderBy: sql`${rawKey} ${direction}`,
    limit: length + 1,
  };
}

export interface Page<Row> {
  rows: Row[];
  /** Keys of the adjacent pages, if any. */
  previous: string | null;
  next: string | null;
}

/** Trims the result of `keysetPage` to one page in list order. */
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
