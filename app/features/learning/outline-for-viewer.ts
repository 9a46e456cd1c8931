import { isEnrolled, type LessonAccess } from "~/access/course-and-lesson-access";
import {
  allLessons,
  courseProgress,
  type OutlineLesson,
  type OutlineSection,
} from "~/features/courses/outline";

export interface ViewerLesson extends OutlineLesson {
  isOpen: boolean;
  isDone: boolean;
}
export type ViewerOutline = OutlineSection<ViewerLesson>[];

interface OutlineInput {
  outline: readonly OutlineSection<OutlineLesson & { access: LessonAccess }>[];
  enrollment: { revokedAt: number | null } | null;
  completedIds: readonly string[];
}

/** Completions are hidden while the enrollment is revoked, but kept. */
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

export function outlineProgress(outline: ViewerOutline) {
  const lessons = allLessons(outline);
  const done = lessons.filter(({ isDone }) => isDone);
  return courseProgress(
    lessons,
    done.map(({ id }) => id),
  );
}

/** The outline with the state of one lesson changed, for optimistic UI. */
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
