import { Link } from "@remix-run/react";

/** Always rendered, because screen readers only announce changes of an existing live region. */
export function CourseFinished({ title, isFinished }: { title: string; isFinished: boolean }) {
  return (
    <div role="status" className="empty:hidden print:hidden">
      {isFinished && (
        <div className="border-l-2 border-success pl-5">
          <p className="font-serif text-xl leading-snug">You’ve completed {title}.</p>
          <p className="mt-1 text-muted">
            Well done. You can revisit its lessons at any time from{" "}
            <Link to="/courses" className="text-accent underline underline-offset-4">
              your courses
            </Link>
            .
          </p>
        </div>
      )}
    </div>
  );
}
