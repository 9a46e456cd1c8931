import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { EnrollmentSource, RevocationReason } from "~/db/enums";
import { enrollments } from "~/db/schema.server";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";

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
