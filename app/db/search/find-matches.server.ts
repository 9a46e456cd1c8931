import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type Database, runQuery } from "../client.server";
import type { Cursor } from "../cursor";
import type { SearchKind } from "../enums";
import { type Page, pageLength, toPage } from "../keyset-pagination.server";
import { searchWords } from "../schema.server";
import { maxMatches } from "./search-limits";
import { searchTerms } from "./words";

interface Search {
  kind: SearchKind;
  query: string;
  cursor: Cursor;
  /** Limits the rows whose id is `found.row_id`. */
  filter?: SQL | undefined;
  /** A query of ids that match regardless of their words. */
  exactIds?: SQL | undefined;
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
      .from(matchesOf(search, terms))
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

const ofKind = ({ kind }: Search) => sql`kind = ${kind}`;

/**
 * Counts the words of every term up to the limit and looks up the rows of the term with the
 * fewest, so the cost does not grow with the number of rows. No row id: too many.
 */
function matchesOf(search: Search, terms: readonly string[]): SQL {
  const limit = maxMatches(terms.length, search.filter !== undefined);
  const startsWith = (start: SQL) =>
    sql`${ofKind(search)} and word >= ${start} and word < ${start} || char(1114111)`;
  const sizes = terms.map(
    (term, index) => sql`select ${sql.raw(`${index}`)} as term, ${term} as start,
      (select count(*) from (select 1 from ${searchWords} where ${startsWith(sql`${term}`)} limit ${limit + 1})) as hits`,
  );
  const lookUp = (start: SQL) =>
    sql`from ${searchWords} where ${startsWith(start)} and row_id = candidate.row_id`;
  const others = terms.map(
    (term, index) =>
      sql`(narrowest.term = ${sql.raw(`${index}`)} or exists (select 1 ${lookUp(sql`${term}`)}))`,
  );
  const exactIds = search.exactIds ? sql`union all select '', id from (${search.exactIds})` : sql``;
  return sql`(with narrowest as materialized (
      select term, start, min(hits) as hits from (${sql.join(sizes, sql` union all `)})),
    candidate(word, row_id) as (
      select min(word), row_id from (
        select word, row_id from ${searchWords} where ${startsWith(sql`(select start from narrowest)`)}
        limit (select iif(hits > ${limit}, 0, hits) from narrowest)) group by row_id),
    matched(word, row_id) as (
      select iif(narrowest.term = 0, candidate.word, (select min(word) ${lookUp(sql`${terms[0] ?? ""}`)})), candidate.row_id
      from narrowest cross join candidate where ${sql.join(others, sql` and `)} ${exactIds}),
    found(row_id, key) as (select row_id, word || ' ' || row_id from matched)
    select row_id, key from found where ${afterCursor(search.cursor)} and ${search.filter ?? sql`true`}
    union all select null, '' from narrowest where hits > ${limit})`;
}

function afterCursor({ after, before }: Cursor): SQL {
  if (after !== null) return sql`key > ${after}`;
  return before === null ? sql`true` : sql`key < ${before}`;
}
