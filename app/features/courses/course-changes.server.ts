import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import type { CourseAction } from "~/db/enums";
import { courseChanges } from "~/db/schema.server";

export interface CourseChange {
  id: string;
  /** Null if Stripe reported the change. */
  changedBy: string | null;
  action: CourseAction;
  /** Must not contain personal data. */
  detail: string;
  now: number;
}

interface CourseChangeEntry extends CourseChange {
  purchaseId?: SQL | string;
}

/**
 * Must come first in the batch: writes the audit entry only if `subject`, a query of `course_id`
 * and `user_id`, returns a row. The other statements depend on it through `courseChangeInserted`.
 */
export function insertCourseChange(
  db: Database,
  { id, changedBy, action, detail, now, purchaseId }: CourseChangeEntry,
  subject: SQL,
) {
  return db
    .insert(courseChanges)
    .select(
      sql`select ${id}, ${changedBy}, subject.course_id, subject.user_id, ${action}, ${detail}, ${now},
        ${purchaseId ?? null} from (${subject}) subject`,
    )
    .returning({ id: courseChanges.id });
}

/** True if `insertCourseChange` wrote its audit entry earlier in this batch. */
export const courseChangeInserted = ({ id }: Pick<CourseChange, "id">) =>
  sql`exists (select 1 from ${courseChanges} where id = ${id})`;
