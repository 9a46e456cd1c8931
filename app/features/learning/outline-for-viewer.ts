import { isEnrolled, type LessonAccess } from "~/access/course-and-lesson-access";
import {
  allLessons,
  courseProgress,
  type OutlineLesson,
  type OutlineSection,
} from "~/features/courses/outline";

/** A lesson as an outline shows it to somebody. */
export interface ViewerLesson extends OutlineLesson {
  /** Whether they can read it. */
  isOpen: boolean;
  isDone: boolean;
}
export type ViewerOutline = OutlineSection<ViewerLesson>[];

interface OutlineInput {
  outline: readonly OutlineSection<OutlineLesson & { access: LessonAccess }>[];
  enrollment: { revokedAt: number | null } | null;
  completedIds: readonly string[];
}

/** The outline for a page. What somebody had done in a course that was closed to them waits until it is opened again. */
export function outlineForViewer({
  outline,
  enrollment,
  completedIds,
}: OutlineInput): ViewerOutline {
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
export function outlineProgress(outline: ViewerOutline) {
  const lessons = allLessons(outline);
  const done = lessons.filter(({ isDone }) => isDone);
  return courseProgress(
    lessons,
    done.map(({ id }) => id),
  );
}

/** The outline with one lesson done or not, ahead of the server. */
export function withCompletion(
  outline: ViewerOutline,
  lessonId: string,
  isDone: boolean,
): ViewerOutline {
  return outline.map((section) => ({
    ...section,
    lessons: section.lessons.map((lesson) =>
      lesson.id === lessonId ? { ...lesson, isDone } : lesson,
    ),
  }));
}
