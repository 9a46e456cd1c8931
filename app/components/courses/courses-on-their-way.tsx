import { coverSize } from "~/features/courses/covers";
import { ButtonLink } from "../button-link";
import { EmptyState } from "../empty-state";

/** Stands for the latest course until it is known: the room that its cover takes, and the lines beside it. */
export function CoursesPending() {
  return (
    <div data-pending className="grid items-center gap-x-12 gap-y-6 md:grid-cols-2">
      <p role="status" className="sr-only">
        Loading your courses
      </p>
      <div
        aria-hidden="true"
        className="w-full rounded-md border border-line bg-surface motion-safe:animate-pulse"
        style={{ aspectRatio: `${coverSize.width} / ${coverSize.height}` }}
      />
      <div aria-hidden="true" className="grid gap-y-5 motion-safe:animate-pulse">
        <div className="h-9 w-3/4 rounded-md bg-line" />
        <div className="h-1.5 rounded-full bg-line" />
        <div className="h-11 w-1/2 rounded-md bg-line" />
      </div>
    </div>
  );
}

/** Where the courses could not be read: the rest of the page stands, and nothing of theirs is lost. */
export function CoursesFailed() {
  return (
    <div role="alert">
      <EmptyState
        title="Your courses could not be loaded"
        action={
          <ButtonLink to="/dashboard" look="secondary">
            Try again
          </ButtonLink>
        }
      >
        Your progress is safe. It will be here again in a moment.
      </EmptyState>
    </div>
  );
}
