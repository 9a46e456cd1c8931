import { useFetcher } from "@remix-run/react";
import { lessonsOf } from "~/features/courses/outline";
import type { LessonPage } from "../lesson-page.server";
import { progressIn, withCompletion } from "../outline-for-viewer";
import type { CompletionAnswer } from "../submit-completion";

/** The mark of a lesson and what follows from it on the page, as pressed: ahead of the server until that answers. */
export function useCompletion({ lesson, outline }: Pick<LessonPage, "lesson" | "outline">) {
  const fetcher = useFetcher<CompletionAnswer>();
  const pressed = fetcher.formData?.get("intent");
  const saved = lessonsOf(outline).some(({ id, isDone }) => id === lesson.id && isDone);
  const isDone = pressed ? pressed === "mark-done" : saved;
  const shown = withCompletion(outline, lesson.id, isDone);
  return {
    fetcher,
    isDone,
    outline: shown,
    progress: progressIn(shown),
    hasFailed: fetcher.state === "idle" && fetcher.data?.isSaved === false,
  };
}
export type Completion = ReturnType<typeof useCompletion>;
