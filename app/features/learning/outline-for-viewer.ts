import { isEnrolled, type LessonAccess } from "~/access/course-and-lesson-access";
import {
  lessonsOf,
  type OutlineLesson,
  type OutlineSection,
  progressOf,
} from "~/features/courses/outline";

/** A lesson as an outline shows it to somebody. */
export interface SeenLesson extends OutlineLesson {
  /** Whether they can read it. */
  isOpen: boolean;
  isDone: boolean;
}
export type SeenOutline = OutlineSection<SeenLesson>[];

interface Facts {
  outline: readonly OutlineSection<OutlineLesson & { access: LessonAccess }>[];
  enrollment: { revokedAt: number | null } | null;
  completedIds: readonly string[];
}

/** The outline for a page. What somebody had done in a course that was closed to them waits until it is opened again. */
export function seenOutline({ outline, enrollment, completedIds }: Facts): SeenOutline {
  const done = new Set(isEnrolled(enrollment) ? completedIds : []);
  return outline.map((section) => ({
    ...section,
    lessons: section.lessons.map(({ access, ...lesson }) => ({
      ...lesson,
      isOpen: access === "open",
      isDone: done.has(lesson.id),
    })),
  }));
}

/** How far the person of that outline has come. */
export function progressIn(outline: SeenOutline) {
  const lessons = lessonsOf(outline);
  const done = lessons.filter(({ isDone }) => isDone);
  return progressOf(
    lessons,
    done.map(({ id }) => id),
  );
}

/** The outline with one lesson done or not, ahead of the server. */
export function withCompletion(
  outline: SeenOutline,
  lessonId: string,
  isDone: boolean,
): SeenOutline {
  return outline.map((section) => ({
    ...section,
    lessons: section.lessons.map((lesson) =>
      lesson.id === lessonId ? { ...lesson, isDone } : lesson,
    ),
  }));
}
