import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import { keysetPage, toPage } from "~/db/keyset-pagination.server";
import { courses, enrollments, lessonCompletions, lessons } from "~/db/schema.server";
import { enrollmentKeys } from "~/db/sort-keys";

const pageLength = 12;

/** Must match `courseAccess`: excludes courses that were moved back to draft. */
const readable = (userId: string) =>
  sql`user_id = ${userId} and revoked_at is null
    and exists (select 1 from ${courses} readable where readable.id = course_id and readable.status <> 'draft')`;

const lessonOfCourse = sql`lesson.course_id = ${enrollments.courseId} and lesson.status <> 'private'`;

const progress = (userId: string) => ({
  total: sql<number>`(select count(*) from ${lessons} lesson where ${lessonOfCourse})`,
  done: sql<number>`(select count(*) from ${lessonCompletions} done join ${lessons} lesson on lesson.id = done.lesson_id
    where done.user_id = ${userId} and done.course_id = ${enrollments.courseId} and ${lessonOfCourse})`,
});

/** One page of the user's courses with their progress, most recent enrollment first. */
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
  const { total, done } = progress(userId);
  const found = await runQuery(
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
