import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import { keysetPage, toPage } from "~/db/keyset-pagination.server";
import { courses, enrollments } from "~/db/schema.server";
import { enrollmentKeys } from "~/db/sort-keys";
import { progressColumns } from "./enrollment-progress.server";

const pageLength = 12;

/** Must match `courseAccess`: excludes courses that were moved back to draft. */
const readable = (userId: string) =>
  sql`user_id = ${userId} and revoked_at is null
    and exists (select 1 from ${courses} readable where readable.id = course_id and readable.status <> 'draft')`;

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
  const found = await runQuery(
    db
      .select({
        slug: courses.slug,
        title: courses.title,
        summary: courses.summary,
        cover: courses.cover,
        ...progressColumns,
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
