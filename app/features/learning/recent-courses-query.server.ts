import { sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { courses, enrollments, lessonCompletions, lessons, sections } from "~/db/schema.server";
import { type RecentCourse, recentCourseSchema } from "~/features/users/recent-courses";

const shown = 3;

/** Past any number of lessons that a section has. */
const sectionStep = 1_000_000;
/** Where a lesson stands in its course, if it is not done; the smallest one is where somebody left off. */
const openPlace = sql.raw(
  `iif(done.lesson_id is null, section.position * ${sectionStep} + lesson.position, null)`,
);

/**
 * The courses in which somebody was last, by the rule of `courseAccess`: a query, for a batch. Each lesson of those is read once:
 * beside `min()`, the other columns are those of the row that has the minimum. https://sqlite.org/lang_select.html#bareagg
 */
export function selectRecentCourses(db: Database, userId: string) {
  const recent = sql`(
    select course.id, course.slug, course.title, course.cover, max(enrollment.enrolled_at, coalesce((
      select max(completed_at) from ${lessonCompletions} done
      where done.user_id = ${userId} and done.course_id = course.id), 0)) as last_at
    from ${enrollments} enrollment join ${courses} course on course.id = enrollment.course_id
    where enrollment.user_id = ${userId} and enrollment.revoked_at is null and course.status <> 'draft'
    order by last_at desc limit ${sql.raw(`${shown}`)}) recent`;
  return db
    .select({
      slug: sql<string>`recent.slug`.as("slug"),
      title: sql<string>`recent.title`.as("title"),
      cover: sql<string>`recent.cover`.as("cover"),
      progress: selectProgress(userId).as("progress"),
    })
    .from(recent)
    .orderBy(sql`recent.last_at desc`);
}

/** How far somebody has come in `recent`, and the lesson that is next, as JSON. */
function selectProgress(userId: string) {
  const next = (column: "slug" | "title") =>
    sql`iif(min(${openPlace}) is null, null, lesson.${sql.raw(column)})`;
  return sql<string>`(
    select json_object('total', count(lesson.id), 'done', count(done.lesson_id),
      'nextSlug', ${next("slug")}, 'nextTitle', ${next("title")})
    from ${sections} section
      join ${lessons} lesson on lesson.section_id = section.id and lesson.status <> 'private'
      left join ${lessonCompletions} done on done.user_id = ${userId} and done.lesson_id = lesson.id
    where section.course_id = recent.id)`;
}

type Found = Awaited<ReturnType<typeof selectRecentCourses>>;

/** The courses as pages show them. */
export const toRecentCourses = (found: Found): RecentCourse[] =>
  found.map(({ progress, ...course }) =>
    recentCourseSchema.parse({ ...course, ...JSON.parse(progress) }),
  );
