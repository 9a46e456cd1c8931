import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { courses, enrollments, lessonCompletions, lessons, sections } from "~/db/schema.server";
import { type RecentCourse, recentCourseSchema } from "~/features/users/recent-courses";

const maxCourses = 3;

/** More than the lessons of any section. */
const sectionStep = 1_000_000;
/** The position of a lesson that is not done; the minimum is the lesson to continue with. */
const openPosition = sql.raw(
  `iif(done.lesson_id is null, section.position * ${sectionStep} + lesson.position, null)`,
);

/**
 * A query for a batch: the most recently used courses. Must match `courseAccess`. Reads each lesson
 * once: with `min()`, SQLite takes bare columns from the row that has the minimum.
 * https://sqlite.org/lang_select.html#bareagg
 */
export function selectRecentCourses(db: Database, userId: string) {
  const recent = sql`(
    select course.id, course.slug, course.title, course.cover, max(enrollment.enrolled_at, coalesce((
      select max(completed_at) from ${lessonCompletions} done
      where done.user_id = ${userId} and done.course_id = course.id), 0)) as last_at
    from ${enrollments} enrollment join ${courses} course on course.id = enrollment.course_id
    where enrollment.user_id = ${userId} and enrollment.revoked_at is null and course.status <> 'draft'
    order by last_at desc limit ${sql.raw(`${maxCourses}`)}) recent`;
  return db
    .select({
      slug: sql<string>`recent.slug`.as("slug"),
      title: sql<string>`recent.title`.as("title"),
      cover: sql<string>`recent.cover`.as("cover"),
      progress: selectProgress(sql`${userId}`, sql`recent.id`).as("progress"),
    })
    .from(recent)
    .orderBy(sql`recent.last_at desc`);
}

/** Progress in a course and the next lesson, as JSON. */
export function selectProgress(userId: SQL, courseId: SQL) {
  const next = (column: "slug" | "title") =>
    sql`iif(min(${openPosition}) is null, null, lesson.${sql.raw(column)})`;
  return sql<string>`(
    select json_object('total', count(lesson.id), 'done', count(done.lesson_id),
      'nextSlug', ${next("slug")}, 'nextTitle', ${next("title")})
    from ${sections} section
      join ${lessons} lesson on lesson.section_id = section.id and lesson.status <> 'private'
      left join ${lessonCompletions} done on done.user_id = ${userId} and done.lesson_id = lesson.id
    where section.course_id = ${courseId})`;
}

type RecentCourseRows = Awaited<ReturnType<typeof selectRecentCourses>>;

export const toRecentCourses = (rows: RecentCourseRows): RecentCourse[] =>
  rows.map(({ progress, ...course }) =>
    recentCourseSchema.parse({ ...course, ...JSON.parse(progress) }),
  );
