import { Link } from "@remix-run/react";
import { lessonPath } from "~/features/courses/course-urls";
import type { ViewerLesson } from "../outline-for-viewer";

interface AdjacentLessonsProps {
  courseSlug: string;
  previous: ViewerLesson | null;
  next: ViewerLesson | null;
}

export function AdjacentLessons({ courseSlug, previous, next }: AdjacentLessonsProps) {
  if (!previous && !next) return null;
  return (
    <nav
      aria-label="Previous and next lesson"
      className="grid gap-6 border-t border-line pt-6 sm:grid-cols-2 print:hidden"
    >
      {previous && (
        <Link to={lessonPath(courseSlug, previous.slug)} rel="prev" className="group">
          <span className="block text-sm text-muted">Previous</span>
          <span className="font-serif text-lg leading-snug group-hover:underline">
            {previous.title}
          </span>
        </Link>
      )}
      {next && (
        <Link
          to={lessonPath(courseSlug, next.slug)}
          rel="next"
          className="group sm:col-start-2 sm:text-right"
        >
          <span className="block text-sm text-muted">Next</span>
          <span className="font-serif text-lg leading-snug group-hover:underline">
            {next.title}
          </span>
        </Link>
      )}
    </nav>
  );
}
