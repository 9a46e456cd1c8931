import { and, eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { courses, enrollments } from "~/db/schema.server";
import { activeUser } from "~/db/user-groups";

export type FreeEnrollmentOutcome =
  | { kind: "enrolled" }
  | { kind: "not-free" }
  /** An admin revoked access; only an admin can restore it. */
  | { kind: "closed" }
  | { kind: "not-found" };

/** Enrolls a user if the course is free and published, checked by the insert itself. Idempotent. */
export async function enrollInFreeCourse(
  db: Database,
  userId: string,
  slug: string,
  now: number,
): Promise<FreeEnrollmentOutcome> {
  const courseId = sql`(select id from ${courses} where slug = ${slug})`;
  const [, [course], [enrollment]] = await runQuery(
    db.batch([
      insertFreeEnrollment(db, userId, slug, now),
      db.select().from(courses).where(eq(courses.slug, slug)),
      db
        .select()
        .from(enrollments)
        .where(and(eq(enrollments.userId, userId), eq(enrollments.courseId, courseId))),
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
