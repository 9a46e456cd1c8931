import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import { courses, lessons } from "~/db/schema.server";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";
import type { Lesson } from "~/features/courses/course-view.server";
import { storeHtml } from "~/features/courses/render-texts.server";
import { changedFields } from "./diff";
import type { LessonFields } from "./lesson-schema";

export interface LessonEdit {
  courseId: string;
  lessonId: string;
  version: number;
  changedBy: string;
}

export type LessonOutcome =
  | { kind: "saved"; lesson: Lesson }
  /** Someone else saved first; has the current row. */
  | { kind: "conflict"; lesson: Lesson }
  | { kind: "not-found" };

const isLesson = ({ courseId, lessonId }: Pick<LessonEdit, "courseId" | "lessonId">) =>
  and(eq(lessons.courseId, courseId), eq(lessons.id, lessonId));

/** A lesson with its course, or null. */
export async function findLessonForEditor(
  db: Database,
  lessonRef: Pick<LessonEdit, "courseId" | "lessonId">,
) {
  const [[course], [lesson]] = await runQuery(
    db.batch([
      db.select().from(courses).where(eq(courses.id, lessonRef.courseId)),
      db.select().from(lessons).where(isLesson(lessonRef)),
    ]),
  );
  return course && lesson ? { course, lesson } : null;
}

/** Changes a lesson if its version still matches. Idempotent. */
export async function updateLesson(
  db: Database,
  edit: LessonEdit,
  fields: LessonFields,
  now: number,
): Promise<LessonOutcome> {
  const found = await findLessonForEditor(db, edit);
  if (!found) return { kind: "not-found" };
  const changedNames = changedFields(found.lesson, fields);
  if (changedNames.length === 0) return { kind: "saved", lesson: found.lesson };
  const detail = `${fields.title}: ${changedNames.map((name) => fieldLabels[name] ?? name).join(", ")}`;
  const change = { id: uuidv7(), changedBy: edit.changedBy, detail, now };
  const html = changedNames.includes("body")
    ? [storeHtml(db, { id: edit.lessonId, source: fields.body })]
    : [];
  const [inserted, , [lesson]] = await runQuery(
    db.batch([
      insertCourseChange(
        db,
        { ...change, action: "lesson-edited" },
        sql`select course_id, null user_id from ${lessons} where ${isLesson(edit)} and version = ${edit.version}`,
      ),
      db
        .update(lessons)
        .set({ ...fields, version: sql`${lessons.version} + 1`, updatedAt: now })
        .where(and(isLesson(edit), courseChangeInserted(change))),
      db.select().from(lessons).where(isLesson(edit)),
      ...html,
    ]),
  );
  if (!lesson) return { kind: "not-found" };
  // No difference means that the same form was submitted twice concurrently.
  const isSaved = inserted.length > 0 || changedFields(lesson, fields).length === 0;
  return { kind: isSaved ? "saved" : "conflict", lesson };
}

const fieldLabels: Record<string, string> = {
  body: "text",
  videoUrl: "video",
  durationMinutes: "duration",
};

/** Deletes a lesson and its completions, and raises the course version. Idempotent. */
export async function removeLesson(
  db: Database,
  edit: Pick<LessonEdit, "courseId" | "lessonId" | "changedBy">,
  title: string,
  now: number,
): Promise<void> {
  const change = { id: uuidv7(), changedBy: edit.changedBy, detail: title, now };
  await runQuery(
    db.batch([
      insertCourseChange(
        db,
        { ...change, action: "lesson-removed" },
        sql`select course_id, null user_id from ${lessons} where ${isLesson(edit)}`,
      ),
      db.delete(lessons).where(and(isLesson(edit), courseChangeInserted(change))),
      db
        .update(courses)
        .set({ version: sql`${courses.version} + 1`, updatedAt: now })
        .where(and(eq(courses.id, edit.courseId), courseChangeInserted(change))),
    ]),
  );
}
