import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import { courses } from "~/db/schema.server";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";
import { type Course, selectOutline, toOutline } from "~/features/courses/course-view.server";
import { allLessons, type Outline } from "~/features/courses/outline";
import { type OutlineChange, outlineChangeFor } from "./outline-change.server";
import type { OutlineForm } from "./outline-schema";
import { applyReorder, isSameOrder } from "./reorder";

export type OutlineOutcome =
  | { kind: "saved" }
  | { kind: "conflict" }
  | { kind: "not-empty" }
  | { kind: "not-found" };

async function findCourseForEditor(db: Database, courseId: string) {
  const [[course], sectionRows, lessonRows] = await runQuery(
    db.batch([
      db.select().from(courses).where(eq(courses.id, courseId)),
      ...selectOutline(db, courseId),
    ]),
  );
  return course ? { course, outline: toOutline(sectionRows, lessonRows) } : null;
}

/** Data for the outline editor, with ids for the next section and lessons. */
export async function loadOutlineForEditor(db: Database, courseId: string) {
  const found = await findCourseForEditor(db, courseId);
  if (!found) return null;
  const { outline } = found;
  const { id, title, version } = found.course;
  const lessons = Object.fromEntries(outline.map((section) => [section.id, uuidv7()]));
  return { course: { id, title, version }, outline, newIds: { section: uuidv7(), lessons } };
}

/** Idempotent. Additions always apply; other changes need a matching course version. */
export async function changeOutline(
  db: Database,
  { courseId, changedBy }: { courseId: string; changedBy: string },
  form: OutlineForm,
  now: number,
): Promise<OutlineOutcome> {
  const found = await findCourseForEditor(db, courseId);
  if (!found) return { kind: "not-found" };
  if (isAlreadyApplied(found.outline, form)) return { kind: "saved" };
  const { version } = found.course;
  if ("version" in form && form.version !== version) return { kind: "conflict" };
  const change = outlineChangeFor(found, form, now);
  if (change === null) return { kind: "saved" };
  if (await applyOutlineChange(db, found.course, { ...change, changedBy, now }))
    return { kind: "saved" };
  const after = await findCourseForEditor(db, courseId);
  if (after && isAlreadyApplied(after.outline, form)) return { kind: "saved" };
  const isUnchanged = after?.course.version === version;
  const kind = form.intent === "remove-section" && isUnchanged ? "not-empty" : "conflict";
  return { kind };
}

/** True if the form has been submitted before. */
function isAlreadyApplied(outline: Outline, form: OutlineForm): boolean {
  switch (form.intent) {
    case "add-section":
      return outline.some(({ id }) => id === form.id);
    case "rename-section":
      return outline.some(({ id, title }) => id === form.sectionId && title === form.title);
    case "remove-section":
      return !outline.some(({ id }) => id === form.sectionId);
    case "add-lesson":
      return allLessons(outline).some(({ id }) => id === form.id);
    case "place-lesson": {
      const isThere = allLessons(outline).some(({ id }) => id === form.lessonId);
      return isThere && isSameOrder(outline, applyReorder(outline, form));
    }
    case "move":
      return false;
  }
}

async function applyOutlineChange(
  db: Database,
  course: Course,
  { write, condition, ...audit }: OutlineChange & { changedBy: string; now: number },
): Promise<boolean> {
  const change = { ...audit, id: uuidv7() };
  const [inserted] = await runQuery(
    db.batch([
      insertCourseChange(
        db,
        change,
        sql`select id course_id, null user_id from ${courses} where id = ${course.id} and ${condition}`,
      ),
      write(db, courseChangeInserted(change)),
      db
        .update(courses)
        .set({ version: sql`${courses.version} + 1`, updatedAt: audit.now })
        .where(and(eq(courses.id, course.id), courseChangeInserted(change))),
    ]),
  );
  return inserted.length > 0;
}
