import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, fromDatabase } from "~/db/client.server";
import { courses } from "~/db/schema.server";
import { decideChange, isDecided } from "~/features/courses/course-changes.server";
import { type Course, selectOutline, toOutline } from "~/features/courses/course-view.server";
import { lessonsOf, type Outline } from "~/features/courses/outline";
import { decisionOf, type OutlineDecision } from "./outline-change.server";
import type { OutlineForm } from "./outline-schema";
import { isSameOrder, reordered } from "./reorder";

export type OutlineOutcome =
  | { kind: "saved" }
  | { kind: "changed-meanwhile" }
  /** Only an empty section can be removed. */
  | { kind: "not-empty" }
  | { kind: "not-found" };

/**
 * A course as its editor sees it, with every lesson; null where there is none.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
async function findEditedCourse(db: Database, courseId: string) {
  const [[course], sectionRows, lessonRows] = await fromDatabase(
    db.batch([
      db.select().from(courses).where(eq(courses.id, courseId)),
      ...selectOutline(db, courseId),
    ]),
  );
  return course ? { course, outline: toOutline(sectionRows, lessonRows) } : null;
}

/**
 * The same for the page that changes it, with an id for each thing that can be added there.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function openOutline(db: Database, courseId: string) {
  const found = await findEditedCourse(db, courseId);
  if (!found) return null;
  const { outline } = found;
  const { id, title, version } = found.course;
  const lessons = Object.fromEntries(outline.map((section) => [section.id, uuidv7()]));
  return { course: { id, title, version }, outline, freshIds: { section: uuidv7(), lessons } };
}

/**
 * Changes the outline of a course. An order, a name and a removal only if the course is still the version that was seen; what
 * is added is added once, however often it is sent.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function changeOutline(
  db: Database,
  { courseId, changedBy }: { courseId: string; changedBy: string },
  form: OutlineForm,
  now: number,
): Promise<OutlineOutcome> {
  const found = await findEditedCourse(db, courseId);
  if (!found) return { kind: "not-found" };
  if (isDone(found.outline, form)) return { kind: "saved" };
  const { version } = found.course;
  if ("version" in form && form.version !== version) return { kind: "changed-meanwhile" };
  const decision = decisionOf(found, form, now);
  if (decision === null) return { kind: "saved" };
  if (await decide(db, found.course, { ...decision, changedBy, now })) return { kind: "saved" };
  const after = await findEditedCourse(db, courseId);
  if (after && isDone(after.outline, form)) return { kind: "saved" };
  const isUnchanged = after?.course.version === version;
  const kind = form.intent === "remove-section" && isUnchanged ? "not-empty" : "changed-meanwhile";
  return { kind };
}

/** Whether an outline is as a form wants it: the form may have been sent twice. */
function isDone(outline: Outline, form: OutlineForm): boolean {
  switch (form.intent) {
    case "add-section":
      return outline.some(({ id }) => id === form.id);
    case "rename-section":
      return outline.some(({ id, title }) => id === form.sectionId && title === form.title);
    case "remove-section":
      return !outline.some(({ id }) => id === form.sectionId);
    case "add-lesson":
      return lessonsOf(outline).some(({ id }) => id === form.id);
    case "place-lesson": {
      const isThere = lessonsOf(outline).some(({ id }) => id === form.lessonId);
      return isThere && isSameOrder(outline, reordered(outline, form));
    }
    case "move":
      return false;
  }
}

async function decide(
  db: Database,
  course: Course,
  { write, condition, ...decision }: OutlineDecision & { changedBy: string; now: number },
): Promise<boolean> {
  const change = { ...decision, id: uuidv7() };
  const [decided] = await fromDatabase(
    db.batch([
      decideChange(
        db,
        change,
        sql`select id course_id, null user_id from ${courses} where id = ${course.id} and ${condition}`,
      ),
      write(db, isDecided(change)),
      db
        .update(courses)
        .set({ version: sql`${courses.version} + 1`, updatedAt: decision.now })
        .where(and(eq(courses.id, course.id), isDecided(change))),
    ]),
  );
  return decided.length > 0;
}
