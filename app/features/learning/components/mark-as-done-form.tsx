import { Link } from "@remix-run/react";
import { coursePath, lessonPath } from "~/features/courses/course-urls";
import { buttonClass } from "~/ui/button";
import type { ViewerLesson } from "../outline-for-viewer";
import { CheckIcon } from "./lesson-status-icon";
import type { MarkAsDone } from "./use-mark-as-done";

/** The URL fragment of the redirect without JavaScript. */
export const markAsDoneFormId = "completion";

interface MarkAsDoneFormProps extends MarkAsDone {
  courseSlug: string;
}

/** The button stays enabled while saving, so that it keeps focus; then Tab leads onward. */
export function MarkAsDoneForm({
  fetcher,
  isDone,
  courseSlug,
  ...completion
}: MarkAsDoneFormProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3 print:hidden">
      <fetcher.Form method="post" id={markAsDoneFormId} className="scroll-mt-10">
        <button
          type="submit"
          name="intent"
          value={isDone ? "mark-open" : "mark-done"}
          className={buttonClass(isDone ? "secondary" : "primary")}
        >
          {isDone ? (
            <>
              Done <CheckIcon /> <span className="font-normal text-muted">(undo)</span>
            </>
          ) : (
            "Mark as done"
          )}
        </button>
      </fetcher.Form>
      {isDone && <NextStep courseSlug={courseSlug} lesson={completion.lessonAfter} />}
      <p role="status" className="text-[0.9375rem] text-muted">
        {completion.progress.done} of {completion.progress.total} done
      </p>
      {completion.hasFailed && (
        <p role="alert" className="w-full text-danger">
          Could not save. Please try again in a moment.
        </p>
      )}
    </div>
  );
}

/** The page of a finished course says what was completed, and offers the catalog. */
function NextStep({ courseSlug, lesson }: { courseSlug: string; lesson: ViewerLesson | null }) {
  const to = lesson ? lessonPath(courseSlug, lesson.slug) : coursePath(courseSlug);
  return (
    <Link to={to} className={buttonClass("primary")}>
      {lesson ? "Next lesson" : "Finish course"}
    </Link>
  );
}
