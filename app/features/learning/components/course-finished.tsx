import { Link } from "@remix-run/react";

/** A quiet word when the last lesson is done. Its place is always there, so that the word is also heard when it appears. */
export function CourseFinished({ title, isFinished }: { title: string; isFinished: boolean }) {
  return (
    <div role="status" className="empty:hidden">
      {isFinished && (
        <div className="border-l-2 border-success pl-5">
          <p className="font-serif text-xl leading-snug">You have finished {title}.</p>
          <p className="mt-1 text-muted">
            Well done. Every lesson stays open to you, among{" "}
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
