import { sql } from "drizzle-orm";
import { type Database, fromDatabase } from "../../db/client.server";
import type { Cursor } from "../../db/cursor";
import { keysetPage, toPage } from "../../db/keyset.server";
import { enrollmentKeys } from "../../db/list-keys";
import { courses, enrollments, lessonCompletions, lessons, sections } from "../../db/schema.server";
import type { RecentCourse } from "./recent-courses";

const pageLength = 12;
const shownOnDashboard = 3;

/** The courses somebody may read, by the rule of `courseAccess`: a course that was taken back to draft is not among them. */
const readable = (userId: string) =>
  sql`user_id = ${userId} and revoked_at is null
    and exists (select 1 from ${courses} readable where readable.id = course_id and readable.status <> 'draft')`;

const lessonOf = (courseId: string) =>
  sql`lesson.course_id = ${sql.raw(courseId)} and lesson.status <> 'private'`;

/** How many lessons of a course can be read, and how many of them the person has done. */
const progress = (userId: string, courseId: string) => ({
  total: sql<number>`(select count(*) from ${lessons} lesson where ${lessonOf(courseId)})`,
  done: sql<number>`(select count(*) from ${lessonCompletions} done join ${lessons} lesson on lesson.id = done.lesson_id
    where done.user_id = ${userId} and done.course_id = ${sql.raw(courseId)} and ${lessonOf(courseId)})`,
});

/**
 * One page of somebody's courses with how far they have come in each, those taken last first.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function listMyCourses(db: Database, userId: string, cursor: Cursor) {
  const page = keysetPage({
    table: enrollments,
    match: readable(userId),
    ranges: [{ prefix: "" }],
    key: enrollmentKeys.ofUser,
    order: "desc",
    cursor,
    length: pageLength,
  });
  const { total, done } = progress(userId, "enrollments.course_id");
  const found = await fromDatabase(
    db
      .select({
        slug: courses.slug,
        title: courses.title,
        summary: courses.summary,
        cover: courses.cover,
        total: total.as("total"),
        done: done.as("done"),
        key: sql<string>`${sql.raw(enrollmentKeys.ofUser)}`.as("key"),
      })
      .from(enrollments)
      .innerJoin(courses, sql`${courses.id} = ${enrollments.courseId}`)
      .where(sql`${enrollments}.${page.where}`)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(found, cursor, pageLength);
}

/**
 * The courses in which somebody was last.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export function listRecentCourses(db: Database, userId: string): Promise<RecentCourse[]> {
  const { total, done } = progress(userId, "recent.course_id");
  const next = (column: "slug" | "title") =>
    sql`(select lesson.${sql.raw(column)} from ${lessons} lesson join ${sections} section on section.id = lesson.section_id
      where ${lessonOf("recent.course_id")} and not exists (
        select 1 from ${lessonCompletions} done where done.user_id = ${userId} and done.lesson_id = lesson.id)
      order by section.position, lesson.position limit 1)`;
  return fromDatabase(
    db.all<RecentCourse>(
      sql`select course.slug, course.title, course.cover, ${done} as done, ${total} as total,
          ${next("slug")} as nextSlug, ${next("title")} as nextTitle
        from (
          select course_id, max(enrolled_at, coalesce((
            select max(completed_at) from ${lessonCompletions} done
            where done.user_id = ${userId} and done.course_id = enrollment.course_id), 0)) as last_at
          from ${enrollments} enrollment where ${readable(userId)}
          order by last_at desc limit ${sql.raw(`${shownOnDashboard}`)}
        ) recent join ${courses} course on course.id = recent.course_id order by recent.last_at desc`,
    ),
  );
}
