import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, runQuery } from "~/db/client.server";
import { type Cursor, parseCursor } from "~/db/cursor";
import { keysetPage, pageLength, toPage } from "~/db/keyset-pagination.server";
import { enrollments, users } from "~/db/schema.server";
import { findMatches, isMatch, pageOf } from "~/db/search/find-matches.server";
import { searchQuery } from "~/db/search/search-query";
import { enrollmentKeys } from "~/db/sort-keys";
import {
  lastActivityColumn,
  progressColumns,
} from "~/features/learning/enrollment-progress.server";
import { selectUserByExactId } from "./user-list.server";

const querySchema = z.lazy(() => z.object({ q: searchQuery }));
export type LearnerQuery = z.infer<typeof querySchema> & Cursor;

/** Parses search params; invalid values are ignored. */
export const parseLearnerQuery = (params: URLSearchParams): LearnerQuery => ({
  ...querySchema.parse({ q: params.get("q") }),
  ...parseCursor(params),
});

/** The learners of a course, also revoked ones; null if a search has too many matches. */
export function findLearners(
  db: Database,
  courseId: string,
  query: LearnerQuery,
  length = pageLength,
) {
  return query.q === ""
    ? listLearners(db, courseId, query, length)
    : searchLearners(db, courseId, query, length);
}

async function listLearners(db: Database, courseId: string, cursor: Cursor, length: number) {
  const page = keysetPage({
    table: enrollments,
    match: sql`course_id = ${courseId}`,
    ranges: [{ prefix: "" }],
    key: enrollmentKeys.ofCourse,
    order: "desc",
    cursor,
    length,
  });
  const rows = await runQuery(
    selectLearners(db)
      .where(sql`${enrollments}.${page.where}`)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(rows, cursor, length);
}

export type Learner = Awaited<ReturnType<typeof listLearners>>["rows"][number];

function selectLearners(db: Database) {
  return db
    .select({
      id: enrollments.userId,
      person: {
        id: users.id,
        name: users.name,
        email: users.email,
        deletedAt: users.deletedAt,
      },
      source: enrollments.source,
      enrolledAt: enrollments.enrolledAt,
      revokedAt: enrollments.revokedAt,
      revokedBecause: enrollments.revokedBecause,
      ...progressColumns,
      lastActivityAt: lastActivityColumn,
      key: sql<string>`${sql.raw(enrollmentKeys.ofCourse)}`.as("key"),
    })
    .from(enrollments)
    .innerJoin(users, eq(users.id, enrollments.userId));
}

/** By words of name and email address, or by either id. */
async function searchLearners(db: Database, courseId: string, query: LearnerQuery, length: number) {
  const page = await findMatches(db, {
    kind: "user",
    query: query.q,
    cursor: query,
    group: sql`select user_id as row_id from ${enrollments} where course_id = ${courseId}`,
    exactIds: selectUserByExactId(query.q),
    length,
  });
  if (page === null || page.rows.length === 0) return page && pageOf(page, []);
  const matching = and(eq(enrollments.courseId, courseId), isMatch(enrollments.userId, page));
  return pageOf(page, await runQuery(selectLearners(db).where(matching)));
}
