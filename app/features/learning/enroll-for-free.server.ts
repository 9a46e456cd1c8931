import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import { courses, enrollments } from "~/db/schema.server";
import { activeUser } from "~/db/user-groups";
import { insertCourseChange } from "~/features/courses/course-changes.server";

export type FreeEnrollmentOutcome =
  | { kind: "enrolled" }
  | { kind: "not-free" }
  /** An admin revoked access; only an admin can restore it. */
  | { kind: "closed" }
  | { kind: "not-found" };

interface Learner {
  userId: string;
  /** Who is signed in as this user, if it is another person. */
  actorId: string | null;
}

/** Idempotent. The insert itself checks that the course is free and published. */
export async function enrollInFreeCourse(
  db: Database,
  { userId, actorId }: Learner,
  slug: string,
  now: number,
): Promise<FreeEnrollmentOutcome> {
  const courseId = sql`(select id from ${courses} where slug = ${slug})`;
  const ownEnrollment = and(eq(enrollments.userId, userId), eq(enrollments.courseId, courseId));
  const statements = [
    insertFreeEnrollment(db, userId, slug, now),
    db.select().from(courses).where(eq(courses.slug, slug)),
    db.select().from(enrollments).where(ownEnrollment),
  ] as const;
  const [, [course], [enrollment]] =
    actorId === null
      ? await runQuery(db.batch(statements))
      : await runQuery(
          db.batch([
            ...statements,
            insertImpersonatedEnrollment(db, { userId, actorId }, slug, now),
          ]),
        );
  if (enrollment?.revokedAt === null) return { kind: "enrolled" };
  if (course?.status !== "published") return { kind: "not-found" };
  if (enrollment?.revokedBecause === "admin") return { kind: "closed" };
  return course.priceMinor > 0 ? { kind: "not-free" } : { kind: "not-found" };
}

function insertFreeEnrollment(db: Database, userId: string, slug: string, now: number) {
  return db
    .insert(enrollments)
    .select(
      sql`select person.id, course.id, 'free', ${now}, null, null from users person join ${courses} course
        where person.id = ${userId} and ${sql.raw(activeUser("person"))}
          and course.slug = ${slug} and course.status = 'published' and course.price_minor = 0`,
    )
    .onConflictDoUpdate({
      target: [enrollments.userId, enrollments.courseId],
      set: { source: "free", enrolledAt: now, revokedAt: null, revokedBecause: null },
      setWhere: sql`${enrollments.revokedBecause} = 'refund'`,
    });
}

function insertImpersonatedEnrollment(
  db: Database,
  { userId, actorId }: { userId: string; actorId: string },
  slug: string,
  now: number,
) {
  const change = {
    id: uuidv7(),
    changedBy: userId,
    action: "person-enrolled",
    detail: `by ${actorId}, signed in as this user`,
    now,
  } as const;
  return insertCourseChange(
    db,
    change,
    sql`select course_id, user_id from ${enrollments} join ${courses} course on course.id = course_id
      where user_id = ${userId} and course.slug = ${slug} and enrolled_at = ${now} and source = 'free'`,
  );
}
