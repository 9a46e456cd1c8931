import { courseWords } from "../../app/db/search/words.ts";
import { renderMarkdown } from "../../app/features/courses/markdown.server.ts";
import { rendererVersion } from "../../app/features/courses/markdown-renderer-version.ts";
import { quoteSql } from "./execute-sql.ts";
import type { DemoCourse } from "./read-demo-courses.ts";

export interface SeedOptions {
  /** Epoch milliseconds. Creation times are a minute apart; the first course is the newest. */
  now: number;
  /** Add nothing if D1 has any course. */
  onlyIfEmpty: boolean;
}

/**
 * Statements that publish missing courses; the last one returns their IDs. Existing courses stay
 * unchanged: only courses with the creation time of this run get sections and lessons.
 */
export function demoCoursesSql(
  courses: readonly DemoCourse[],
  { now, onlyIfEmpty }: SeedOptions,
): string[] {
  const timedCourses = courses.map((course, index) => ({
    course,
    createdAt: now - index * 60_000,
  }));
  const wasCreated = timedCourses
    .map(({ course, createdAt }) => wasCreatedAt(course, createdAt))
    .join(" or ");
  return [
    `insert into courses (id, slug, title, summary, description, cover, price_minor, currency, status, created_at, updated_at, published_at)
      select * from (values ${timedCourses.map(({ course, createdAt }) => courseRow(course, createdAt)).join(", ")})
      where ${onlyIfEmpty ? "not exists (select 1 from courses)" : "true"} on conflict do nothing`,
    ...timedCourses.flatMap(({ course, createdAt }) => outlineSql(course, createdAt)),
    `select id from courses where ${wasCreated}`,
  ];
}

/**
 * Statements that store what the worker derives from the courses just added: HTML and search words.
 * A separate command, because texts and HTML together exceed the maximum argument length. Skips
 * texts edited since then.
 */
export function demoDerivedSql(
  courses: readonly DemoCourse[],
  addedIds: readonly string[],
): string[] {
  const added = courses.filter((course) => addedIds.includes(courseId(course)));
  const texts = added.flatMap((course) => [
    { id: courseId(course), source: course.description },
    ...course.sections.flatMap(({ lessons }) =>
      lessons.map(({ slug, body }) => ({ id: `${courseId(course)}-${slug}`, source: body })),
    ),
  ]);
  return [
    ...texts.map(
      ({ id, source }) =>
        `update rendered_texts set renderer = ${rendererVersion}, html = ${quoteSql(renderMarkdown(source))}
          where text_id = ${quoteSql(id)} and renderer = 0`,
    ),
    ...added.map(wordsSql),
  ];
}

function wordsSql(course: DemoCourse): string {
  const rows = courseWords(course).map(({ word, source }) =>
    row("course", courseId(course), word, source),
  );
  const { title, summary } = course;
  return `insert or ignore into search_words (kind, row_id, word, source) select * from (values ${rows.join(", ")})
    where exists (select 1 from courses where id = ${quoteSql(courseId(course))}
      and title = ${quoteSql(title)} and summary = ${quoteSql(summary)})`;
}

function outlineSql(course: DemoCourse, createdAt: number): string[] {
  const sections = course.sections.map((section, position) =>
    row(sectionId(course, position), courseId(course), section.title, position),
  );
  const lessons = course.sections.flatMap((section, index) =>
    section.lessons.map(({ slug, title, body, minutes, status }, position) =>
      row(
        ...[`${courseId(course)}-${slug}`, courseId(course), sectionId(course, index)],
        ...[slug, title, body, minutes, status, position, createdAt, createdAt],
      ),
    ),
  );
  const ifCreated = `where exists (select 1 from courses where ${wasCreatedAt(course, createdAt)})`;
  return [
    `insert into sections (id, course_id, title, position)
      select * from (values ${sections.join(", ")}) ${ifCreated}`,
    `insert into lessons (id, course_id, section_id, slug, title, body, duration_minutes, status, position, created_at, updated_at)
      select * from (values ${lessons.join(", ")}) ${ifCreated}`,
  ];
}

function courseRow(course: DemoCourse, createdAt: number): string {
  const { slug, title, summary, description, cover, priceMinor, currency } = course;
  return row(
    ...[courseId(course), slug, title, summary, description, cover, priceMinor, currency],
    ...["published", createdAt, createdAt, createdAt],
  );
}

const courseId = ({ slug }: DemoCourse) => `demo-${slug}`;
const sectionId = (course: DemoCourse, position: number) => `${courseId(course)}-${position + 1}`;

const wasCreatedAt = (course: DemoCourse, createdAt: number) =>
  `(id = ${quoteSql(courseId(course))} and created_at = ${createdAt})`;

const row = (...values: (string | number)[]) =>
  `(${values.map((value) => (typeof value === "string" ? quoteSql(value) : value)).join(", ")})`;
