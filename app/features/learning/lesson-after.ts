import { allLessons } from "~/features/courses/outline";
import type { ViewerLesson, ViewerOutline } from "./outline-for-viewer";

/** The lesson to go on with: the first unfinished one after this, or else of all; null if none. */
export function lessonAfter(outline: ViewerOutline, lessonId: string): ViewerLesson | null {
  const lessons = allLessons(outline);
  const index = lessons.findIndex(({ id }) => id === lessonId);
  const inOrder = [...lessons.slice(index + 1), ...lessons.slice(0, index + 1)];
  return inOrder.find(({ isDone, status }) => !isDone && status !== "private") ?? null;
}
