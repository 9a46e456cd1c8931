import type { LessonStatus } from "~/db/enums";

export interface OutlineLesson {
  id: string;
  slug: string;
  title: string;
  durationMinutes: number;
  status: LessonStatus;
}

export interface OutlineSection<Lesson = OutlineLesson> {
  id: string;
  title: string;
  lessons: Lesson[];
}

export type Outline = OutlineSection[];

export function allLessons<Lesson>(outline: readonly OutlineSection<Lesson>[]): Lesson[] {
  return outline.flatMap(({ lessons }) => lessons);
}

/** The previous and the next lesson, or null at either end. */
export function adjacentLessons<Lesson extends { id: string }>(
  lessons: readonly Lesson[],
  lessonId: string,
): { previous: Lesson | null; next: Lesson | null } {
  const index = lessons.findIndex(({ id }) => id === lessonId);
  if (index === -1) return { previous: null, next: null };
  return { previous: lessons[index - 1] ?? null, next: lessons[index + 1] ?? null };
}

export interface Progress<Lesson = OutlineLesson> {
  done: number;
  total: number;
  /** The first lesson that is not done, or null if all are. */
  next: Lesson | null;
}

/** Private lessons do not count because no learner can read them. */
export function courseProgress<Lesson extends { id: string; status: LessonStatus }>(
  lessons: readonly Lesson[],
  completedIds: readonly string[],
): Progress<Lesson> {
  const completed = new Set(completedIds);
  const counted = lessons.filter(({ status }) => status !== "private");
  const remaining = counted.filter(({ id }) => !completed.has(id));
  return {
    done: counted.length - remaining.length,
    total: counted.length,
    next: remaining[0] ?? null,
  };
}

export function totalMinutes(lessons: readonly { durationMinutes: number }[]): number {
  return lessons.reduce((sum, { durationMinutes }) => sum + durationMinutes, 0);
}
