import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { enrollments, purchases, users } from "~/db/schema.server";
import { type CourseChange, courseChangeInserted } from "~/features/courses/course-changes.server";

/** Opens the course of a purchase, whatever had closed it; not for a deleted user. */
export function grantEnrollment(
  db: Database,
  purchaseId: SQL | string,
  change: CourseChange,
  condition: SQL = sql`true`,
) {
  return db
    .insert(enrollments)
    .select(
      sql`select bought.user_id, bought.course_id, 'purchase', ${change.now}, null, null
        from ${purchases} bought join ${users} buyer on buyer.id = bought.user_id
        where bought.id = ${purchaseId} and buyer.deleted_at is null and ${condition}
          and ${courseChangeInserted(change)}`,
    )
    .onConflictDoUpdate({
      target: [enrollments.userId, enrollments.courseId],
      set: { source: "purchase", enrolledAt: change.now, revokedAt: null, revokedBecause: null },
      setWhere: sql`${enrollments.revokedAt} is not null`,
    });
}
