import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import {
  courses,
  enrollments,
  lessonCompletions,
  lessons,
  purchases,
  renderedTexts,
  sections,
  users,
} from "~/db/schema.server";
import type { Outline, OutlineLesson } from "./outline";
import { hasRenderedHtml } from "./rendered-texts.server";

export type Course = typeof courses.$inferSelect;
export type Lesson = typeof lessons.$inferSelect;

/** A course with one user's enrollment, progress and pending purchase, read in one batch. */
export type CourseView = NonNullable<ReturnType<typeof toCourseView>>;

/** Complete: callers must apply `courseAccess` and `lessonAccess` before they show it. */
export async function queryCourseView(db: Database, slug: string, clerkUserId: string | null) {
  const course = db
    .select({ ...getTableColumns(courses), html: renderedTexts.html })
    .from(courses)
    .leftJoin(renderedTexts, hasRenderedHtml(courses.id))
    .where(eq(courses.slug, slug));
  const [[found], ...rows] = await runQuery(
    db.batch([course, ...selectViewerState(db, slug, clerkUserId)]),
  );
  return found ? { ...toCourseView(found, rows), course: found } : null;
}

/** Like `queryCourseView`, with the text of one lesson. */
export async function queryLessonView(
  db: Database,
  slug: string,
  lessonSlug: string,
  clerkUserId: string | null,
) {
  const lesson = db
    .select({ ...getTableColumns(lessons), html: renderedTexts.html })
    .from(lessons)
    .leftJoin(renderedTexts, hasRenderedHtml(lessons.id))
    .where(and(eq(lessons.courseId, courseIdBySlug(slug)), eq(lessons.slug, lessonSlug)));
  const course = db.select().from(courses).where(eq(courses.slug, slug));
  const [[found], [foundCourse], ...rows] = await runQuery(
    db.batch([lesson, course, ...selectViewerState(db, slug, clerkUserId)]),
  );
  return found && foundCourse ? { ...toCourseView(foundCourse, rows), lesson: found } : null;
}

const courseIdBySlug = (slug: string) =>
  sql`(select ${courses.id} from ${courses} where ${courses.slug} = ${slug})`;

const outlineColumns = {
  id: lessons.id,
  sectionId: lessons.sectionId,
  slug: lessons.slug,
  title: lessons.title,
  durationMinutes: lessons.durationMinutes,
  status: lessons.status,
};

/** Two queries for a batch: the sections and the lessons of a course, in order. */
export function selectOutline(db: Database, courseId: string | ReturnType<typeof courseIdBySlug>) {
  return [
    db
      .select({ id: sections.id, title: sections.title })
      .from(sections)
      .where(eq(sections.courseId, courseId))
      .orderBy(asc(sections.position), asc(sections.id)),
    db
      .select(outlineColumns)
      .from(lessons)
      .where(eq(lessons.courseId, courseId))
      .orderBy(asc(lessons.position), asc(lessons.id)),
  ] as const;
}

function selectViewerState(db: Database, slug: string, clerkUserId: string | null) {
  const courseId = courseIdBySlug(slug);
  const userId = sql`(select ${users.id} from ${users} where ${users.clerkUserId} = ${clerkUserId})`;
  return [
    ...selectOutline(db, courseId),
    db
      .select({
        id: users.id,
        role: users.role,
        deletedAt: users.deletedAt,
        bannedAt: users.bannedAt,
        endedSessions: users.endedSessions,
      })
      .from(users)
      .where(sql`${users.clerkUserId} = ${clerkUserId}`),
    db
      .select()
      .from(enrollments)
      .where(and(eq(enrollments.userId, userId), eq(enrollments.courseId, courseId))),
    db
      .select({ lessonId: lessonCompletions.lessonId })
      .from(lessonCompletions)
      .where(and(eq(lessonCompletions.userId, userId), eq(lessonCompletions.courseId, courseId))),
    db
      .select({ id: purchases.id })
      .from(purchases)
      .where(
        and(
          eq(purchases.userId, userId),
          eq(purchases.courseId, courseId),
          eq(purchases.status, "pending"),
        ),
      ),
  ] as const;
}

type Rows<Queries extends readonly PromiseLike<unknown>[]> = {
  [Index in keyof Queries]: Awaited<Queries[Index]>;
};

function toCourseView(
  course: Course,
  [sectionRows, lessonRows, [person], [enrollment], completions, [pending]]: Readonly<
    Rows<ReturnType<typeof selectViewerState>>
  >,
) {
  return {
    course,
    outline: toOutline(sectionRows, lessonRows),
    person: person ?? null,
    enrollment: enrollment ?? null,
    completedIds: completions.map(({ lessonId }) => lessonId),
    pendingPurchaseId: pending?.id ?? null,
  };
}

export function toOutline(
  sectionRows: readonly { id: string; title: string }[],
  lessonRows: readonly (OutlineLesson & { sectionId: string })[],
): Outline {
  const bySection = Map.groupBy(lessonRows, ({ sectionId }) => sectionId);
  return sectionRows.map((section) => ({
    ...section,
    lessons: (bySection.get(section.id) ?? []).map(({ sectionId: _, ...lesson }) => lesson),
  }));
}
