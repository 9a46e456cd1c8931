import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import type { EnrollmentSource, RevocationReason } from "~/db/enums";
import { keysetPage, toPage } from "~/db/keyset-pagination.server";
import { courses, enrollments, users } from "~/db/schema.server";
import { enrollmentKeys } from "~/db/sort-keys";
import { activeUser } from "~/db/user-groups";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";
import { findUsersByIdOrEmail } from "~/features/users/find-users.server";

/** Lists one page of a course's enrollments, including revoked ones, newest first. */
export async function listEnrollments(db: Database, courseId: string, cursor: Cursor) {
  const page = keysetPage({
    table: enrollments,
    match: sql`course_id = ${courseId}`,
    ranges: [{ prefix: "" }],
    key: enrollmentKeys.ofCourse,
    order: "desc",
    cursor,
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
        key: sql<string>`${sql.raw(enrollmentKeys.ofCourse)}`.as("key"),
      })
      .from(enrollments)
      .innerJoin(users, eq(users.id, enrollments.userId))
      .where(sql`${enrollments}.${page.where}`)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(rows, cursor);
}

export interface EnrollmentChange {
  courseId: string;
  changedBy: string;
}

export type EnrollUserOutcome =
  | { kind: "enrolled"; userId: string; name: string }
  | { kind: "already-enrolled"; name: string }
  | { kind: "user-not-found" }
  | { kind: "banned"; name: string }
  /** Several users may share an email address. */
  | { kind: "ambiguous"; ids: string[] };

/** Enrolls a user, even after a revocation. `who` is an email address or a user ID. */
export async function enrollUser(
  db: Database,
  { courseId, changedBy }: EnrollmentChange,
  who: string,
  now: number,
): Promise<EnrollUserOutcome> {
  const people = await findUsersByIdOrEmail(db, who);
  const [person] = people;
  if (!person) return { kind: "user-not-found" };
  if (people.length > 1) return { kind: "ambiguous", ids: people.map(({ id }) => id) };
  if (person.bannedAt !== null) return { kind: "banned", name: person.name };
  const change = { id: uuidv7(), changedBy, detail: "", now };
  const [inserted] = await runQuery(
    db.batch([
      insertCourseChange(
        db,
        { ...change, action: "person-enrolled" },
        sql`select course.id course_id, person.id user_id from ${courses} course join ${users} person
          where course.id = ${courseId} and person.id = ${person.id} and ${sql.raw(activeUser("person"))} and not exists (
            select 1 from ${enrollments} where user_id = person.id and course_id = course.id and revoked_at is null)`,
      ),
      db
        .insert(enrollments)
        .select(
          sql`select ${person.id}, ${courseId}, 'admin', ${now}, null, null where ${courseChangeInserted(change)}`,
        )
        .onConflictDoUpdate({
          target: [enrollments.userId, enrollments.courseId],
          set: { source: "admin", enrolledAt: now, revokedAt: null, revokedBecause: null },
        }),
    ]),
  );
  return inserted.length > 0
    ? { kind: "enrolled", userId: person.id, name: person.name }
    : { kind: "already-enrolled", name: person.name };
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
