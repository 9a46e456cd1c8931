import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.server";
import type { SearchKind } from "../enums";
import { searchWords } from "../schema.server";

/**
 * For the batch that writes the rows: makes their words those of `fresh`, a query of `row_id`,
 * `word` and `source`. A row without words has one with null. Equal words are not written.
 */
export function replaceWords(db: Database, kind: SearchKind, fresh: SQL) {
  const outdated = sql`kind = ${kind} and row_id in (select row_id from (${fresh}))
    and (row_id, word, source) not in (select row_id, word, source from (${fresh}) where word is not null)`;
  return [db.delete(searchWords).where(outdated), addWords(db, kind, fresh)] as const;
}

export function addWords(db: Database, kind: SearchKind, fresh: SQL) {
  return db
    .insert(searchWords)
    .select(sql`select ${kind}, row_id, word, source from (${fresh}) where word is not null`)
    .onConflictDoNothing();
}
