import { and, eq, ne, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { CourseAction, CourseStatus } from "~/db/enums";
import { courseChanges, courses, lessons } from "~/db/schema.server";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";
import type { Course } from "~/features/courses/course-view.server";
import { storeCourseWords } from "~/features/courses/course-words.server";
import { storeHtml } from "~/features/courses/render-texts.server";
import type { CourseFields } from "./course-schema";
import { changedFields } from "./diff";

export interface CourseEdit {
  courseId: string;
  version: number;
  changedBy: string;
}

export type EditOutcome =
  | { kind: "saved"; course: Course }
  /** Someone else saved first; has the current row. */
  | { kind: "conflict"; course: Course }
  | { kind: "slug-taken" }
  | { kind: "nothing-to-publish" }
  | { kind: "not-found" };

/** Creates a draft. Idempotent: the id comes from the form. */
export async function createCourse(
  db: Database,
  { courseId, changedBy }: Pick<CourseEdit, "courseId" | "changedBy">,
  fields: CourseFields,
  now: number,
): Promise<Extract<EditOutcome, { kind: "saved" | "slug-taken" }>> {
  const isNew = sql`not exists (select 1 from ${courseChanges} where course_id = ${courseId})`;
  const change = { id: uuidv7(), changedBy, detail: fields.title, now };
  const [, , [course]] = await runQuery(
    db.batch([
      db
        .insert(courses)
        .values({ ...fields, id: courseId, createdAt: now, updatedAt: now })
        .onConflictDoNothing(),
      insertCourseChange(
        db,
        { ...change, action: "course-created" },
        sql`select id course_id, null user_id from ${courses} where id = ${courseId} and ${isNew}`,
      ),
      db.select().from(courses).where(eq(courses.id, courseId)),
      storeHtml(db, { id: courseId, source: fields.description }),
      ...storeCourseWords(db, [{ ...fields, id: courseId }]),
    ]),
  );
  return course ? { kind: "saved", course } : { kind: "slug-taken" };
}

/** Changes the details of a course if its version still matches. Idempotent. */
export async function updateCourse(
  db: Database,
  edit: CourseEdit,
  fields: CourseFields,
  now: number,
): Promise<Exclude<EditOutcome, { kind: "nothing-to-publish" }>> {
  const current = await findCourse(db, edit.courseId);
  if (!current) return { kind: "not-found" };
  const changedNames = changedFields(current, fields);
  if (changedNames.length === 0) return { kind: "saved", course: current };
  const detail = changedNames.map((name) => fieldLabels[name] ?? name).join(", ");
  const slugIsFree = sql`not exists (select 1 from ${courses} where slug = ${fields.slug} and id <> ${edit.courseId})`;
  const change = { action: "course-edited" as const, detail, now };
  const derived = [
    ...(changedNames.includes("description")
      ? [storeHtml(db, { id: edit.courseId, source: fields.description })]
      : []),
    ...storeCourseWords(db, [{ ...fields, id: edit.courseId }]),
  ];
  const outcome = await applyEdit(db, edit, change, fields, slugIsFree, derived);
  if (outcome.kind !== "conflict") return outcome;
  // The same form was submitted twice concurrently.
  if (changedFields(outcome.course, fields).length === 0) return { ...outcome, kind: "saved" };
  return (await isSlugTaken(db, edit.courseId, fields.slug)) ? { kind: "slug-taken" } : outcome;
}

const fieldLabels: Record<string, string> = { slug: "address", priceMinor: "price" };

const statusActions: Record<CourseStatus, CourseAction> = {
  published: "course-published",
  archived: "course-archived",
  draft: "course-withdrawn",
};

/** Changes the status of a course if its version still matches. Idempotent. */
export async function setCourseStatus(
  db: Database,
  edit: CourseEdit,
  status: CourseStatus,
  now: number,
): Promise<Exclude<EditOutcome, { kind: "slug-taken" }>> {
  const current = await findCourse(db, edit.courseId);
  if (!current) return { kind: "not-found" };
  if (current.status === status) return { kind: "saved", course: current };
  const hasReadableLesson = sql`(${status} <> 'published' or exists (
    select 1 from ${lessons} where course_id = ${edit.courseId} and status <> 'private'))`;
  const publishedAt = status === "published" ? (current.publishedAt ?? now) : current.publishedAt;
  const change = { action: statusActions[status], detail: `${current.status} to ${status}`, now };
  const outcome = await applyEdit(db, edit, change, { status, publishedAt }, hasReadableLesson);
  if (outcome.kind === "conflict" && outcome.course.status === status) {
    return { ...outcome, kind: "saved" };
  }
  const isSameVersion = outcome.kind === "conflict" && outcome.course.version === edit.version;
  return isSameVersion ? { kind: "nothing-to-publish" } : outcome;
}

/** One batch: the audit entry, which decides, then the change, then the resulting course. */
async function applyEdit(
  db: Database,
  { courseId, version, changedBy }: CourseEdit,
  change: { action: CourseAction; detail: string; now: number },
  values: Partial<Course>,
  condition: ReturnType<typeof sql>,
  derived: readonly BatchItem<"sqlite">[] = [],
): Promise<Exclude<EditOutcome, { kind: "slug-taken" | "nothing-to-publish" }>> {
  const auditedChange = { ...change, id: uuidv7(), changedBy };
  const [inserted, , [course]] = await runQuery(
    db.batch([
      insertCourseChange(
        db,
        auditedChange,
        sql`select id course_id, null user_id from ${courses}
          where id = ${courseId} and version = ${version} and ${condition}`,
      ),
      db
        .update(courses)
        .set({ ...values, version: sql`${courses.version} + 1`, updatedAt: change.now })
        .where(and(eq(courses.id, courseId), courseChangeInserted(auditedChange))),
      db.select().from(courses).where(eq(courses.id, courseId)),
      ...derived,
    ]),
  );
  if (!course) return { kind: "not-found" };
  return inserted.length > 0 ? { kind: "saved", course } : { kind: "conflict", course };
}

/** @throws {ServiceUnavailableError} if D1 is unavailable. */
export async function findCourse(db: Database, courseId: string): Promise<Course | null> {
  const course = await runQuery(db.select().from(courses).where(eq(courses.id, courseId)).get());
  return course ?? null;
}

async function isSlugTaken(db: Database, courseId: string, slug: string): Promise<boolean> {
  const other = and(eq(courses.slug, slug), ne(courses.id, courseId));
  return (await runQuery(db.select().from(courses).where(other).get())) !== undefined;
}
