import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, fromDatabase } from "../../db/client.server";
import { courses } from "../../db/schema.server";
import { decideChange, isDecided } from "./changes.server";
import { type Course, selectOutline, toOutline } from "./course-view.server";
import { lessonsOf } from "./outline";
import { decisionOf, type OutlineDecision } from "./outline-decision.server";
import type { OutlineForm } from "./outline-form";

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
export async function findEditedCourse(db: Database, courseId: string) {
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
  if ("version" in form && form.version !== found.course.version) {
    return { kind: "changed-meanwhile" };
  }
  const decision = decisionOf(found, form, now);
  if (decision === null) return { kind: "saved" };
  if (await decide(db, found.course, { ...decision, changedBy, now })) return { kind: "saved" };
  if (form.intent === "remove-section") return { kind: "not-empty" };
  return (await isThere(db, courseId, form)) ? { kind: "saved" } : { kind: "changed-meanwhile" };
}

/** Whether what a form adds has been added before; its section can have been removed instead. */
async function isThere(db: Database, courseId: string, form: OutlineForm): Promise<boolean> {
  if (form.intent !== "add-section" && form.intent !== "add-lesson") return false;
  const outline = (await findEditedCourse(db, courseId))?.outline ?? [];
  return [...outline, ...lessonsOf(outline)].some(({ id }) => id === form.id);
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
