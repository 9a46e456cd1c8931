import { useFetcher } from "@remix-run/react";
import { allLessons } from "~/features/courses/outline";
import type { LessonPage } from "../lesson-page.server";
import { outlineProgress, withCompletion } from "../outline-for-viewer";
import type { CompletionResult } from "../submit-completion";

/** The mark of a lesson and what follows from it on the page, as pressed: ahead of the server until that answers. */
export function useMarkAsDone({ lesson, outline }: Pick<LessonPage, "lesson" | "outline">) {
  const fetcher = useFetcher<CompletionResult>();
  const pendingIntent = fetcher.formData?.get("intent");
  const saved = allLessons(outline).some(({ id, isDone }) => id === lesson.id && isDone);
  const isDone = pendingIntent ? pendingIntent === "mark-done" : saved;
  const shown = withCompletion(outline, lesson.id, isDone);
  return {
    fetcher,
    isDone,
    outline: shown,
    progress: outlineProgress(shown),
    hasFailed: fetcher.state === "idle" && fetcher.data?.isSaved === false,
  };
}
export type MarkAsDone = ReturnType<typeof useMarkAsDone>;
