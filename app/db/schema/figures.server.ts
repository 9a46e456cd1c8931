import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { FigureName } from "../enums";
import { users } from "./users.server";

/** Counts that triggers keep up to date (docs/decisions/0029-figures.md). No personal data. */
export const figures = sqliteTable(
  "figures",
  {
    figure: text("figure").$type<FigureName>().notNull(),
    /** Days or hours since the epoch, or a month such as 202611; all UTC. */
    period: integer("period").notNull(),
    /** What is counted apart: a currency, a course id, an outcome. */
    key: text("key").notNull(),
    count: integer("count").notNull(),
    /** Money in the smallest unit of the currency; repeated deliveries. */
    amount: integer("amount").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.figure, table.period, table.key] }),
    index("figures_best_courses")
      .on(table.period, table.count)
      .where(sql`figure = 'course-enrollments'`),
  ],
);

/** The last day on which a user marked a lesson as done, in days since the epoch. */
export const learnerActivity = sqliteTable("learner_activity", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id),
  activeOn: integer("active_on").notNull(),
});
