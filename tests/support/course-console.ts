import type { ConsoleUser } from "./admin-console.ts";
import { type ParsedForm, parseForm } from "./parse-form.ts";
import type { Platform } from "./platform.ts";

export interface FormResponse extends ParsedForm {
  status: number;
  location: string | null;
  html: string;
}

/** Posts a form and parses the form with the given id from the response. */
export async function send(
  admin: ConsoleUser,
  path: string,
  fields: Record<string, string>,
  formId = "",
): Promise<FormResponse> {
  const response = await admin.post(path, fields);
  const html = (await response.text()).replaceAll("<!-- -->", "");
  const location = response.headers.get("location");
  return { status: response.status, location, html, ...parseForm(html, formId) };
}

/** Loads a page and parses the form with the given id. */
export async function open(
  admin: ConsoleUser,
  path: string,
  formId = "",
): Promise<Omit<FormResponse, "location">> {
  const response = await admin.visit(path);
  const html = (await response.text()).replaceAll("<!-- -->", "");
  return { status: response.status, html, ...parseForm(html, formId) };
}

/** The audit entries of a course, oldest first. */
export async function changesOf({ db }: Platform, courseId: string) {
  const { results } = await db
    .prepare(
      "select action, detail, changed_by, user_id from course_changes where course_id = ? order by rowid",
    )
    .bind(courseId)
    .all<{ action: string; detail: string; changed_by: string; user_id: string | null }>();
  return results;
}

/** Reads one row by id. */
export async function rowOf(
  { db }: Platform,
  table: "courses" | "lessons" | "sections" | "purchases",
  id: string,
): Promise<Record<string, unknown> | null> {
  return db.prepare(`select * from ${table} where id = ?`).bind(id).first();
}

/** The sections of a course with their lesson titles, in order. */
export async function orderOf({ db }: Platform, courseId: string) {
  const { results } = await db
    .prepare(
      `select section.title section, group_concat(lesson.title, ', ' order by lesson.position, lesson.id) lessons
       from sections section left join lessons lesson on lesson.section_id = section.id
       where section.course_id = ? group by section.id order by section.position, section.id`,
    )
    .bind(courseId)
    .all<{ section: string; lessons: string | null }>();
  return results.map(({ section, lessons }) => `${section}: ${lessons ?? ""}`);
}
