import { sql } from "drizzle-orm";
import { enrollments, lessonCompletions, lessons } from "~/db/schema.server";

const lessonOfCourse = sql`lesson.course_id = ${enrollments.courseId} and lesson.status <> 'private'`;
const doneByUser = sql`done.user_id = ${enrollments.userId} and done.course_id = ${enrollments.courseId}`;

/** Columns for a query of `enrollments` that joins another table. */
export const progressColumns = {
  total: sql<number>`(select count(*) from ${lessons} lesson where ${lessonOfCourse})`.as("total"),
  done: sql<number>`(select count(*) from ${lessonCompletions} done join ${lessons} lesson on lesson.id = done.lesson_id
    where ${doneByUser} and ${lessonOfCourse})`.as("done"),
};

/** When the user last marked a lesson of the course as done. */
export const lastActivityColumn = sql<
  number | null
>`(select max(completed_at) from ${lessonCompletions} done where ${doneByUser})`.as(
  "last_activity",
);
