import { buttonClass } from "~/ui/button";
import { CheckIcon } from "./lesson-status-icon";
import type { MarkAsDone } from "./use-mark-as-done";

/** The URL fragment of the redirect without JavaScript. */
export const markAsDoneFormId = "completion";

/** The button stays enabled while saving, so that it keeps focus. */
export function MarkAsDoneForm({ fetcher, isDone, progress, hasFailed }: MarkAsDone) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
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
      <p role="status" className="text-[0.9375rem] text-muted">
        {progress.done} of {progress.total} done
      </p>
      {hasFailed && (
        <p role="alert" className="w-full text-danger">
          Could not save. Please try again in a moment.
        </p>
      )}
    </div>
  );
}
