import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { courseActions, courseStatuses, covers, currencies, lessonStatuses } from "../enums";
import { courseChangeKey, courseKeys } from "../sort-keys";
import { sqlList } from "./sql-list.server";
import { users } from "./users.server";

/** Courses are archived, never deleted: enrollments and purchases keep their keys. Times are milliseconds since the epoch. */
export const courses = sqliteTable(
  "courses",
  {
    id: text("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    title: text("title").notNull(),
    summary: text("summary").notNull(),
    /** Markdown. */
    description: text("description").notNull(),
    cover: text("cover", { enum: covers }).notNull(),
    /** In the smallest unit of the currency; 0 is free. */
    priceMinor: integer("price_minor").notNull(),
    currency: text("currency", { enum: currencies }).notNull(),
    status: text("status", { enum: courseStatuses }).notNull().default("draft"),
    /** Grows with every change of the course or of its outline, so that two people who edit at once notice. */
    version: integer("version").notNull().default(1),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** When it was published first. */
    publishedAt: integer("published_at"),
  },
  (table) => [
    check("courses_status_known", sql`${table.status} in ${sqlList(courseStatuses)}`),
    check("courses_cover_known", sql`${table.cover} in ${sqlList(covers)}`),
    check("courses_currency_known", sql`${table.currency} in ${sqlList(currencies)}`),
    check("courses_price_not_negative", sql`${table.priceMinor} >= 0`),
    index("courses_by_newest").on(table.status, sql.raw(courseKeys.newest)),
    index("courses_by_title").on(table.status, sql.raw(courseKeys.title)),
  ],
);

export const sections = sqliteTable(
  "sections",
  {
    id: text("id").primaryKey(),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    title: text("title").notNull(),
    /** Place within the course, from 0. */
    position: integer("position").notNull(),
  },
  (table) => [index("sections_course_id").on(table.courseId, table.position)],
);

export const lessons = sqliteTable(
  "lessons",
  {
    id: text("id").primaryKey(),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    sectionId: text("section_id")
      .notNull()
      .references(() => sections.id),
    /** Unique within the course; made from the first title and then kept, so that links last. */
    slug: text("slug").notNull(),
    title: text("title").notNull(),
    /** Markdown. */
    body: text("body").notNull(),
    videoUrl: text("video_url"),
    durationMinutes: integer("duration_minutes").notNull(),
    status: text("status", { enum: lessonStatuses }).notNull().default("private"),
    /** Place within the section, from 0. */
    position: integer("position").notNull(),
    /** Grows with every change of the lesson's own text. */
    version: integer("version").notNull().default(1),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    check("lessons_status_known", sql`${table.status} in ${sqlList(lessonStatuses)}`),
    check("lessons_duration_not_negative", sql`${table.durationMinutes} >= 0`),
    uniqueIndex("lessons_slug").on(table.courseId, table.slug),
    index("lessons_section_id").on(table.sectionId, table.position),
    index("lessons_course_id").on(table.courseId, table.status),
  ],
);

/**
 * The HTML of every text in Markdown, apart from the rows that lists read. Triggers (migrations/0004) keep one row for each
 * course and lesson, and reset it when the text changes: HTML never outlives its text, whoever changes that.
 */
export const renderedTexts = sqliteTable(
  "rendered_texts",
  {
    /** The id of the course or lesson. */
    textId: text("text_id").primaryKey(),
    /** The `rendererVersion` that made the HTML; 0 until the text is rendered. */
    renderer: integer("renderer").notNull().default(0),
    /** Null if it is not rendered, or beyond the limits of that renderer. */
    html: text("html"),
  },
  (table) => [index("rendered_texts_by_renderer").on(table.renderer)],
);

/** What admins did to courses, to who learns in them and to purchases. Append-only; holds no personal data but ids. */
export const courseChanges = sqliteTable(
  "course_changes",
  {
    id: text("id").primaryKey(),
    changedBy: text("changed_by")
      .notNull()
      .references(() => users.id),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    /** Whom it concerns, where it is about a person. */
    userId: text("user_id").references(() => users.id),
    action: text("action", { enum: courseActions }).notNull(),
    /** What exactly, in words. */
    detail: text("detail").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    check("course_changes_action_known", sql`${table.action} in ${sqlList(courseActions)}`),
    index("course_changes_by_newest").on(sql.raw(courseChangeKey)),
    index("course_changes_course_id").on(table.courseId, table.createdAt),
    index("course_changes_user_id").on(table.userId, table.createdAt),
    index("course_changes_changed_by").on(table.changedBy, table.createdAt),
  ],
);
