import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { courseActions, courseStatuses, covers, currencies, lessonStatuses } from "../enums";
import { courseChangeKey, courseKeys } from "../sort-keys";
import { sqlList } from "./sql-list.server";
import { users } from "./users.server";

/** Never deleted, since enrollments refer to courses. Times are milliseconds since the epoch. */
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
    /** In the currency's smallest unit; 0 is free. */
    priceMinor: integer("price_minor").notNull(),
    currency: text("currency", { enum: currencies }).notNull(),
    status: text("status", { enum: courseStatuses }).notNull().default("draft"),
    /** Increases with each change of the course or its outline, to detect edit conflicts. */
    version: integer("version").notNull().default(1),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** First publication. */
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
    /** Zero-based. */
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
    /** Unique within the course; never changes, so that links keep working. */
    slug: text("slug").notNull(),
    title: text("title").notNull(),
    /** Markdown. */
    body: text("body").notNull(),
    videoUrl: text("video_url"),
    durationMinutes: integer("duration_minutes").notNull(),
    status: text("status", { enum: lessonStatuses }).notNull().default("private"),
    /** Zero-based. */
    position: integer("position").notNull(),
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

/** Rendered Markdown. Triggers (migrations/0004) reset it when the text changes. */
export const renderedTexts = sqliteTable(
  "rendered_texts",
  {
    /** A course or lesson id. */
    textId: text("text_id").primaryKey(),
    /** The `rendererVersion` used; 0 until rendered. */
    renderer: integer("renderer").notNull().default(0),
    /** Null until rendered, or if the text exceeds the renderer's limits. */
    html: text("html"),
  },
  (table) => [index("rendered_texts_by_renderer").on(table.renderer)],
);

/** Append-only audit log; contains no personal data except ids. */
export const courseChanges = sqliteTable(
  "course_changes",
  {
    id: text("id").primaryKey(),
    /** Null if Stripe reported the change. */
    changedBy: text("changed_by").references(() => users.id),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    /** The affected user, if any. */
    userId: text("user_id").references(() => users.id),
    action: text("action", { enum: courseActions }).notNull(),
    detail: text("detail").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Of newer `purchase-` actions. No foreign key: purchases refer to courses. */
    purchaseId: text("purchase_id"),
  },
  (table) => [
    check("course_changes_action_known", sql`${table.action} in ${sqlList(courseActions)}`),
    index("course_changes_by_newest").on(sql.raw(courseChangeKey)),
    index("course_changes_course_id").on(table.courseId, table.createdAt),
    index("course_changes_user_id").on(table.userId, table.createdAt),
    index("course_changes_changed_by").on(table.changedBy, table.createdAt),
    index("course_changes_of_purchase").on(table.purchaseId).where(sql`purchase_id is not null`),
  ],
);
