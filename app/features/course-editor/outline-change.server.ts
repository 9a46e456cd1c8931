import { and, eq, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "~/db/client.server";
import type { CourseAction } from "~/db/enums";
import { lessons, sections } from "~/db/schema.server";
import type { Course } from "~/features/courses/course-view.server";
import type { Outline } from "~/features/courses/outline";
import type { OutlineForm } from "./outline-schema";
import { applyReorder, isSameOrder } from "./reorder";
import { slugify } from "./slug";

export interface OutlineChange {
  action: CourseAction;
  detail: string;
  condition: SQL;
  /** A statement for the same batch, conditional on `inserted`. */
  write: (db: Database, inserted: SQL) => BatchItem<"sqlite">;
}

/** Null if the form changes nothing. */
export function outlineChangeFor(
  { course, outline }: { course: Course; outline: Outline },
  form: OutlineForm,
  now: number,
): OutlineChange | null {
  const isCurrent = sql`version = ${course.version}`;
  switch (form.intent) {
    case "add-section":
      return addSection(course.id, form);
    case "rename-section":
      return {
        action: "section-renamed",
        detail: form.title,
        condition: sql`${isCurrent} and exists (select 1 from ${sections} where id = ${form.sectionId} and course_id = ${course.id})`,
        write: (db, inserted) =>
          db
            .update(sections)
            .set({ title: form.title })
            .where(
              and(eq(sections.id, form.sectionId), eq(sections.courseId, course.id), inserted),
            ),
      };
    case "remove-section":
      return {
        action: "section-removed",
        detail: outline.find(({ id }) => id === form.sectionId)?.title ?? "",
        condition: sql`${isCurrent} and exists (select 1 from ${sections} where id = ${form.sectionId} and course_id = ${course.id})
          and not exists (select 1 from ${lessons} where section_id = ${form.sectionId})`,
        write: (db, inserted) =>
          db.delete(sections).where(and(eq(sections.id, form.sectionId), inserted)),
      };
    case "add-lesson":
      return addLesson(course.id, form, now);
    case "move":
    case "place-lesson":
      return reorder(outline, applyReorder(outline, form), course);
  }
}

function addSection(
  courseId: string,
  { id, title }: Extract<OutlineForm, { intent: "add-section" }>,
): OutlineChange {
  return {
    action: "section-added",
    detail: title,
    condition: sql`not exists (select 1 from ${sections} where id = ${id})`,
    write: (db, inserted) =>
      db.insert(sections).select(
        sql`select ${id}, ${courseId}, ${title}, coalesce(max(position) + 1, 0)
          from ${sections} where course_id = ${courseId} having ${inserted}`,
      ),
  };
}

const newLessonMinutes = 5;

/** Generates the slug from the title; the end of the id makes it unique if necessary. */
function addLesson(
  courseId: string,
  { id, sectionId, title }: Extract<OutlineForm, { intent: "add-lesson" }>,
  now: number,
): OutlineChange {
  const baseSlug = slugify(title) || "lesson";
  const slug = sql`iif(exists (select 1 from ${lessons} where course_id = ${courseId} and slug = ${baseSlug}), ${`${baseSlug}-${id.slice(-6)}`}, ${baseSlug})`;
  return {
    action: "lesson-added",
    detail: title,
    condition: sql`not exists (select 1 from ${lessons} where id = ${id})
      and exists (select 1 from ${sections} where id = ${sectionId} and course_id = ${courseId})`,
    write: (db, inserted) =>
      db.insert(lessons).select(
        sql`select ${id}, ${courseId}, ${sectionId}, ${slug}, ${title}, '', null, ${newLessonMinutes}, 'private',
            coalesce(max(position) + 1, 0), 1, ${now}, ${now}
          from ${lessons} where section_id = ${sectionId} having ${inserted}`,
      ),
  };
}

/** Passes the new order as one parameter and writes only rows that moved. */
function reorder(before: Outline, after: Outline, course: Course): OutlineChange | null {
  const isCurrent = sql`version = ${course.version}`;
  if (isSameOrder(before, after)) return null;
  const order = sql`json_each(${JSON.stringify(positionsOf(after))}) place`;
  const position = sql`place.value ->> '$.position'`;
  const section = sql`place.value ->> '$.section'`;
  const sectionsMoved = before.some(({ id }, index) => after[index]?.id !== id);
  const change = { action: "outline-reordered", condition: isCurrent } as const;
  if (sectionsMoved) {
    return {
      ...change,
      detail: "sections",
      write: (db, inserted) =>
        db
          .update(sections)
          .set({ position })
          .from(order)
          .where(
            sql`${sections.id} = place.value ->> '$.id' and ${sections.position} <> ${position} and ${inserted}`,
          ),
    };
  }
  return {
    ...change,
    detail: "lessons",
    write: (db, inserted) =>
      db
        .update(lessons)
        .set({ position, sectionId: section })
        .from(order)
        .where(
          sql`${lessons.id} = place.value ->> '$.id' and ${inserted}
            and (${lessons.position} <> ${position} or ${lessons.sectionId} <> ${section})`,
        ),
  };
}

interface Position {
  id: string;
  section: string | null;
  position: number;
}

function positionsOf(outline: Outline): Position[] {
  return outline.flatMap(({ id, lessons: sectionLessons }, position) => [
    { id, section: null, position },
    ...sectionLessons.map((lesson, index) => ({ id: lesson.id, section: id, position: index })),
  ]);
}
