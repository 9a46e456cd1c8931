import { sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type Database, runQuery } from "../client.server";
import { type Page, pageLength, toPage } from "../keyset-pagination.server";
import { type RowSearch, selectMatches } from "./select-matches.server";
import { searchTerms } from "./words";

interface Search extends RowSearch {
  query: string;
  length?: number;
}

/** The key is the word that the first term found, then the id. */
type Match = { id: string; key: string };
/** Null if there are too many matches to look at. */
export type Matches = Page<Match> | null;

const noMatches: Page<Match> = { rows: [], previous: null, next: null };

/** Rows with words that start with each term of the query, by word, then id. */
export async function findMatches(db: Database, search: Search): Promise<Matches> {
  const { query, cursor, length = pageLength } = search;
  const terms = searchTerms(query);
  if (terms.length === 0) return noMatches;
  const rows = await runQuery(
    db
      .select({
        id: sql<string | null>`row_id`,
        key: sql<string>`key`,
      })
      .from(selectMatches(search, terms))
      .orderBy(cursor.before === null ? sql`key` : sql`key desc`)
      .limit(length + 1),
  );
  const found = rows.flatMap(({ id, key }) => (id === null ? [] : [{ id, key }]));
  return found.length < rows.length ? null : toPage(found, cursor, length);
}

/** The condition that reads the rows of a page, given the column of their ids. */
export const isMatch = (id: SQLiteColumn, { rows }: Page<Match>) =>
  sql`${id} in (select value from json_each(${JSON.stringify(rows.map((match) => match.id))}))`;

/** The page with these rows, in the order of the matches. */
export function pageOf<Row extends { id: string }>(
  page: Page<Match>,
  rows: readonly Row[],
): Page<Row> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { ...page, rows: page.rows.flatMap(({ id }) => byId.get(id) ?? []) };
}
