import type { Platform } from "./platform.ts";

/** A statement that stores search words, as the app does with each row. */
export function insertWords(
  db: Platform["db"],
  kind: "user" | "course" | "purchase",
  rowId: string,
  words: readonly { word: string; source: string }[],
) {
  return db
    .prepare(
      `insert or ignore into search_words (kind, row_id, word, source)
       select ?, ?, value ->> 'word', value ->> 'source' from json_each(?)`,
    )
    .bind(kind, rowId, JSON.stringify(words));
}
