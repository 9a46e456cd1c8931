import { type SQL, sql } from "drizzle-orm";
import { lessons, sections } from "../../db/schema.server";
import type { CourseAction } from "./course";
import type { Course } from "./course-view.server";
import { moveLesson, moveSection, placeLesson } from "./move";
import type { Outline } from "./outline";
import type { OutlineForm } from "./outline-form";
import { slugOf } from "./slug";

/** A change of an outline as SQL. */
export interface OutlineDecision {
  action: CourseAction;
  detail: string;
  /** What has to hold, beside the course being there. */
  condition: SQL;
  /** What follows, where it was decided: a statement that is given the condition to ask. */
  write: (decided: SQL) => SQL;
}

/** What a form asks for; null where it is so already. */
export function decisionOf(
  { course, outline }: { course: Course; outline: Outline },
  form: OutlineForm,
  now: number,
): OutlineDecision | null {
  const isCurrent = sql`version = ${course.version}`;
  switch (form.intent) {
    case "add-section":
      return addSection(course.id, form);
    case "rename-section":
      return {
        action: "section-renamed",
        detail: form.title,
        condition: isCurrent,
        write: (decided) =>
          sql`update ${sections} set title = ${form.title} where id = ${form.sectionId} and course_id = ${course.id} and ${decided}`,
      };
    case "remove-section":
      return {
        action: "section-removed",
        detail: outline.find(({ id }) => id === form.sectionId)?.title ?? "",
        condition: sql`${isCurrent} and exists (select 1 from ${sections} where id = ${form.sectionId} and course_id = ${course.id})
          and not exists (select 1 from ${lessons} where section_id = ${form.sectionId})`,
        write: (decided) =>
          sql`delete from ${sections} where id = ${form.sectionId} and ${decided}`,
      };
    case "add-lesson":
      return addLesson(course.id, form, now);
    case "move":
      return reorder(outline, moved(outline, form.move), course);
    case "place-lesson":
      return reorder(
        outline,
        placeLesson(outline, form.lessonId, form.sectionId, form.index),
        course,
      );
  }
}

function addSection(
  courseId: string,
  { id, title }: Extract<OutlineForm, { intent: "add-section" }>,
): OutlineDecision {
  return {
    action: "section-added",
    detail: title,
    condition: sql`not exists (select 1 from ${sections} where id = ${id})`,
    write: (decided) => sql`insert into ${sections} (id, course_id, title, position)
      select ${id}, ${courseId}, ${title}, coalesce(max(position) + 1, 0) from ${sections} where course_id = ${courseId} having ${decided}`,
  };
}

/** The address is made from the title; where another lesson has it already, the end of the id makes it unique. */
function addLesson(
  courseId: string,
  { id, sectionId, title }: Extract<OutlineForm, { intent: "add-lesson" }>,
  now: number,
): OutlineDecision {
  const plain = slugOf(title) || "lesson";
  const slug = sql`iif(exists (select 1 from ${lessons} where course_id = ${courseId} and slug = ${plain}), ${`${plain}-${id.slice(-6)}`}, ${plain})`;
  return {
    action: "lesson-added",
    detail: title,
    condition: sql`not exists (select 1 from ${lessons} where id = ${id})
      and exists (select 1 from ${sections} where id = ${sectionId} and course_id = ${courseId})`,
    write: (decided) => sql`insert into ${lessons}
        (id, course_id, section_id, slug, title, body, duration_minutes, status, position, created_at, updated_at)
      select ${id}, ${courseId}, ${sectionId}, ${slug}, ${title}, '', 5, 'private', coalesce(max(position) + 1, 0), ${now}, ${now}
      from ${lessons} where section_id = ${sectionId} having ${decided}`,
  };
}

function moved(
  outline: Outline,
  { kind, id, direction }: Extract<OutlineForm, { intent: "move" }>["move"],
): Outline {
  return kind === "section"
    ? moveSection(outline, id, direction)
    : moveLesson(outline, id, direction);
}

/** The new order as one parameter; only rows whose place is another are written. */
function reorder(before: Outline, after: Outline, course: Course): OutlineDecision | null {
  const places = placesOf(after);
  const old = new Map(placesOf(before).map((place) => [place.id, JSON.stringify(place)]));
  const changed = places.filter((place) => old.get(place.id) !== JSON.stringify(place));
  if (changed.length === 0) return null;
  const isSections = changed.some(({ section }) => section === null);
  const table = isSections ? sections : lessons;
  const hasOtherSection = isSections
    ? sql``
    : sql`or ${lessons.sectionId} is not place.value ->> '$.section'`;
  const target = isSections ? sql`` : sql`section_id = place.value ->> '$.section',`;
  return {
    action: "outline-reordered",
    detail: isSections ? "sections" : "lessons",
    condition: sql`version = ${course.version}`,
    write: (decided) => sql`update ${table} set ${target} position = place.value ->> '$.position'
      from json_each(${JSON.stringify(places.filter(({ section }) => (section === null) === isSections))}) place
      where ${table}.id = place.value ->> '$.id' and ${table}.course_id = ${course.id} and ${decided}
        and (${table}.position is not place.value ->> '$.position' ${hasOtherSection})`,
  };
}

interface Place {
  id: string;
  /** Null for sections themselves. */
  section: string | null;
  position: number;
}

function placesOf(outline: Outline): Place[] {
  return outline.flatMap(({ id, lessons: inside }, position) => [
    { id, section: null, position },
    ...inside.map((lesson, index) => ({ id: lesson.id, section: id, position: index })),
  ]);
}
