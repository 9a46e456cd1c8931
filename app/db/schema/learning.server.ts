import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { enrollmentSources, revocationReasons } from "../enums";
import { enrollmentKeys } from "../sort-keys";
import { courses, lessons } from "./courses.server";
import { sqlList } from "./sql-list.server";
import { users } from "./users.server";

/** One row per user and course, however often access was granted. */
export const enrollments = sqliteTable(
  "enrollments",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    /** How access was last granted. */
    source: text("source", { enum: enrollmentSources }).notNull(),
    enrolledAt: integer("enrolled_at").notNull(),
    revokedAt: integer("revoked_at"),
    revokedBecause: text("revoked_because", { enum: revocationReasons }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.courseId] }),
    check("enrollments_source_known", sql`${table.source} in ${sqlList(enrollmentSources)}`),
    check(
      "enrollments_revocation_known",
      sql`${table.revokedBecause} is null or ${table.revokedBecause} in ${sqlList(revocationReasons)}`,
    ),
    check(
      "enrollments_revocation_whole",
      sql`(${table.revokedAt} is null) = (${table.revokedBecause} is null)`,
    ),
    index("enrollments_of_user").on(table.userId, sql.raw(enrollmentKeys.ofUser)),
    index("enrollments_of_course").on(table.courseId, sql.raw(enrollmentKeys.ofCourse)),
  ],
);

export const lessonCompletions = sqliteTable(
  "lesson_completions",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    lessonId: text("lesson_id")
      .notNull()
      .references(() => lessons.id, { onDelete: "cascade" }),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    completedAt: integer("completed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.lessonId] }),
    index("lesson_completions_of_user").on(table.userId, table.courseId, table.completedAt),
    index("lesson_completions_lesson_id").on(table.lessonId),
  ],
);
