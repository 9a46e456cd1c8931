import { sql } from "drizzle-orm";
import { check, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { searchKinds, wordSources } from "../enums";
import { sqlList } from "./sql-list.server";

/**
 * The words by which rows are found, without case and accents (docs/decisions/0030-search.md).
 * Triggers (migrations/0012) remove the words of a deleted user, and copy the words of buyers and
 * course titles to purchases.
 */
export const searchWords = sqliteTable(
  "search_words",
  {
    kind: text("kind", { enum: searchKinds }).notNull(),
    rowId: text("row_id").notNull(),
    word: text("word").notNull(),
    source: text("source", { enum: wordSources }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.rowId, table.word, table.source] }),
    check("search_words_kind_known", sql`${table.kind} in ${sqlList(searchKinds)}`),
    check("search_words_source_known", sql`${table.source} in ${sqlList(wordSources)}`),
    index("search_words_by_word").on(table.kind, table.word, table.rowId),
  ],
);

/** Rows whose words still have to be stored: a job continues after the cursor. */
export const searchFills = sqliteTable(
  "search_fills",
  {
    kind: text("kind", { enum: searchKinds }).notNull(),
    /** Only the purchases of this course, whose title has changed; empty for all rows. */
    courseId: text("course_id").notNull().default(""),
    cursor: text("cursor").notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.courseId] }),
    check("search_fills_kind_known", sql`${table.kind} in ${sqlList(searchKinds)}`),
  ],
);
