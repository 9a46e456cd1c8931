import { type SQL, sql } from "drizzle-orm";
import type { Cursor } from "../cursor";
import type { SearchKind } from "../enums";
import { searchWords } from "../schema.server";
import { maxMatches } from "./search-limits";

export interface RowSearch {
  kind: SearchKind;
  cursor: Cursor;
  /** Limits the rows whose id is `found.row_id`. */
  filter?: SQL | undefined;
  /**
   * A query of the only `row_id`s to find, such as the learners of a course. All rows of a small
   * group are looked at, so its search works however frequent the words are.
   */
  group?: SQL | undefined;
  /** A query of ids that match regardless of their words, and of the group. */
  exactIds?: SQL | undefined;
}

/** What a row must have: a word that starts with a term, or a place in the group. */
interface Condition {
  /** Numbers the conditions; 0 is the first term. */
  place: SQL;
  start: SQL;
  rows: SQL;
  isMet: SQL;
}

/**
 * Counts the rows of every condition up to the limit and looks up those of the condition with the
 * fewest, so the cost does not grow with the number of rows. No row id: too many.
 */
export function selectMatches(search: RowSearch, terms: readonly string[]): SQL {
  const { kind, filter, group, exactIds, cursor } = search;
  const limit = maxMatches({
    terms: terms.length,
    isFiltered: filter !== undefined,
    isWithinGroup: group !== undefined,
  });
  const conditions = conditionsOf(search, terms);
  const sizes = conditions.map(
    ({ place, start, rows }) =>
      sql`(${place}, ${start}, (select count(*) from (${rows} limit ${limit + 1})))`,
  );
  const isMatch = sql.join(
    conditions.map(({ place, isMet }) => sql`(narrowest.place = ${place} or ${isMet})`),
    sql` and `,
  );
  const found = sql`(select iif(hits > ${limit}, 0, hits) from narrowest)`;
  const foundInGroup = sql`(select iif(start is null, ${found}, 0) from narrowest)`;
  const firstWord = sql`(select min(word) ${wordOfRow(kind, sql`${terms[0] ?? ""}`)})`;
  // D1 allows at most five parts of a compound SELECT, but any number of VALUES.
  return sql`(with narrowest(place, start, hits) as materialized (
      select column1, column2, min(column3) from (values ${sql.join(sizes, sql`, `)})),
    candidate(word, row_id) as (
      select min(word), row_id from (
        select word, row_id from ${searchWords} where ${startsWith(kind, sql`(select start from narrowest)`)}
        limit ${found}) group by row_id ${group ? orRowsOfGroup(group, foundInGroup) : sql``}),
    matched(word, row_id) as (
      select iif(narrowest.place = 0, candidate.word, ${firstWord}), candidate.row_id
      from narrowest cross join candidate where ${isMatch}
      ${exactIds ? sql`union all select '', id from (${exactIds})` : sql``}),
    found(row_id, key) as (select row_id, word || ' ' || row_id from matched)
    select row_id, key from found where ${isAfter(cursor)} and ${filter ?? sql`true`}
    union all select null, '' from narrowest where hits > ${limit})`;
}

function conditionsOf({ kind, group }: RowSearch, terms: readonly string[]): Condition[] {
  const conditions: Omit<Condition, "place">[] = terms.map((term) => ({
    start: sql`${term}`,
    rows: sql`select 1 from ${searchWords} where ${startsWith(kind, sql`${term}`)}`,
    isMet: sql`exists (select 1 ${wordOfRow(kind, sql`${term}`)})`,
  }));
  if (group) {
    const isMet = sql`exists (select 1 from (${group}) where row_id = candidate.row_id)`;
    conditions.push({ start: sql`null`, rows: sql`select 1 from (${group})`, isMet });
  }
  return conditions.map((condition, index) => ({ ...condition, place: sql.raw(`${index}`) }));
}

const startsWith = (kind: SearchKind, start: SQL) =>
  sql`kind = ${kind} and word >= ${start} and word < ${start} || char(1114111)`;

const wordOfRow = (kind: SearchKind, start: SQL) =>
  sql`from ${searchWords} where ${startsWith(kind, start)} and row_id = candidate.row_id`;

const orRowsOfGroup = (group: SQL, limit: SQL) =>
  sql`union all select null, row_id from (select row_id from (${group}) limit ${limit})`;

function isAfter({ after, before }: Cursor): SQL {
  if (after !== null) return sql`key > ${after}`;
  return before === null ? sql`true` : sql`key < ${before}`;
}
