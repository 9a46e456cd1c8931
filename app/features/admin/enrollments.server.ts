import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import type { EnrollmentSource, RevocationReason } from "~/db/enums";
import { keysetPage, pageLength, toPage } from "~/db/keyset-pagination.server";
import { enrollments, users } from "~/db/schema.server";
import { enrollmentKeys } from "~/db/sort-keys";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";
import {
  lastActivityColumn,
  progressColumns,
} from "~/features/learning/enrollment-progress.server";

/** Lists one page of a course's enrollments, including revoked ones, newest first. */
export async function listEnrollments(
  db: Database,
  courseId: string,
  cursor: Cursor,
  length = pageLength,
) {
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
    db
      .select({
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
      .innerJoin(users, eq(users.id, enrollments.userId))
      .where(sql`${enrollments}.${page.where}`)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(rows, cursor, length);
}

export interface EnrollmentChange {
  courseId: string;
  changedBy: string;
}

/** Revokes an enrollment. Idempotent. */
export async function revokeEnrollment(
  db: Database,
  { courseId, changedBy }: EnrollmentChange,
  userId: string,
  now: number,
): Promise<void> {
  const active = and(
    eq(enrollments.userId, userId),
    eq(enrollments.courseId, courseId),
    isNull(enrollments.revokedAt),
  );
  const change = { id: uuidv7(), changedBy, detail: "", now };
  await runQuery(
    db.batch([
      insertCourseChange(
        db,
        { ...change, action: "person-revoked" },
        sql`select course_id, user_id from ${enrollments} where ${active}`,
      ),
      db
        .update(enrollments)
        .set({ revokedAt: now, revokedBecause: "admin" })
        .where(and(active, courseChangeInserted(change))),
    ]),
  );
}

export interface Enrollment {
  source: EnrollmentSource;
  enrolledAt: number;
  revokedAt: number | null;
  revokedBecause: RevocationReason | null;
}
