import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import type { CourseAction } from "~/db/enums";
import { courseChanges } from "~/db/schema.server";

/** What an admin is about to do, as the audit will tell it. */
export interface CourseChange {
  /** Of the line in the audit: a fresh one. */
  id: string;
  /** Our id of the admin. */
  changedBy: string;
  action: CourseAction;
  /** What exactly, in words; no personal data. */
  detail: string;
  now: number;
}

/**
 * Goes first in the batch of an admin's change, and decides it: the line in the audit is written for the row that `subject` (a
 * query of `course_id` and `user_id`) finds, if it finds one. The rest of the batch asks `courseChangeInserted`.
 */
export function insertCourseChange(
  db: Database,
  { id, changedBy, action, detail, now }: CourseChange,
  subject: SQL,
) {
  return db
    .insert(courseChanges)
    .select(
      sql`select ${id}, ${changedBy}, subject.course_id, subject.user_id, ${action}, ${detail}, ${now} from (${subject}) subject`,
    )
    .returning({ id: courseChanges.id });
}

/** Whether the change that goes first in this batch was decided. */
export const courseChangeInserted = ({ id }: Pick<CourseChange, "id">) =>
  sql`exists (select 1 from ${courseChanges} where id = ${id})`;
