import { useFetcher } from "@remix-run/react";
import { allLessons } from "~/features/courses/outline";
import { lessonAfter } from "../lesson-after";
import type { LessonPage } from "../lesson-page.server";
import { outlineProgress, withCompletion } from "../outline-for-viewer";
import type { CompletionResult } from "../submit-completion";

/** Optimistic completion state of a lesson, with the outline and progress that follow from it. */
export function useMarkAsDone({ lesson, outline }: Pick<LessonPage, "lesson" | "outline">) {
  const fetcher = useFetcher<CompletionResult>();
  const pendingIntent = fetcher.formData?.get("intent");
  const saved = allLessons(outline).some(({ id, isDone }) => id === lesson.id && isDone);
  const isDone = pendingIntent ? pendingIntent === "mark-done" : saved;
  const optimisticOutline = withCompletion(outline, lesson.id, isDone);
  return {
    fetcher,
    isDone,
    outline: optimisticOutline,
    progress: outlineProgress(optimisticOutline),
    lessonAfter: lessonAfter(optimisticOutline, lesson.id),
    hasFailed: fetcher.state === "idle" && fetcher.data?.isSaved === false,
  };
}
export type MarkAsDone = ReturnType<typeof useMarkAsDone>;
