import { eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import { courseStatuses } from "~/db/enums";
import { keysetPage } from "~/db/keyset-pagination.server";
import { courses, enrollments } from "~/db/schema.server";
import { courseKeys, enrollmentKeys } from "~/db/sort-keys";
import {
  lastActivityColumn,
  progressColumns,
} from "~/features/learning/enrollment-progress.server";

/** One page of a user's enrollments, including revoked ones and drafts, newest first. */
export function selectUserCourses(db: Database, userId: string, cursor: Cursor) {
  const page = keysetPage({
    table: enrollments,
    match: sql`user_id = ${userId}`,
    ranges: [{ prefix: "" }],
    key: enrollmentKeys.ofUser,
    order: "desc",
    cursor,
  });
  return db
    .select({
      courseId: courses.id,
      title: courses.title,
      source: enrollments.source,
      enrolledAt: enrollments.enrolledAt,
      revokedAt: enrollments.revokedAt,
      revokedBecause: enrollments.revokedBecause,
      ...progressColumns,
      lastActivityAt: lastActivityColumn,
      key: sql<string>`${sql.raw(enrollmentKeys.ofUser)}`.as("key"),
    })
    .from(enrollments)
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .where(sql`${enrollments}.${page.where}`)
    .orderBy(page.orderBy)
    .limit(page.limit);
}

const maxSuggestions = 100;

/** The newest published courses, for the field in which a course is entered. */
export function selectCourseSuggestions(db: Database) {
  return db
    .select({ slug: courses.slug, title: courses.title })
    .from(courses)
    .where(eq(courses.status, "published"))
    .orderBy(sql`${sql.raw(courseKeys.newest)} desc`)
    .limit(maxSuggestions);
}

const maxMatches = 5;

/** Finds courses by id, slug or whole title (in any case; ASCII). */
export function findCoursesByText(db: Database, text: string) {
  const title = sql`lower(${text}) || char(1)`;
  const key = sql.raw(courseKeys.title);
  const statuses = sql.raw(courseStatuses.map((status) => `'${status}'`).join(", "));
  return runQuery(
    db
      .select({ id: courses.id, slug: courses.slug, title: courses.title })
      .from(courses)
      .where(
        sql`${courses.id} in (select id from ${courses} where id = ${text} union select id from ${courses} where slug = ${text}
          union select id from ${courses} where status in (${statuses}) and ${key} > ${title} and ${key} < lower(${text}) || char(2))`,
      )
      .limit(maxMatches),
  );
}
