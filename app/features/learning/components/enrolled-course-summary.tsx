import { Link } from "@remix-run/react";
import { ProgressBar } from "~/features/courses/components/progress-bar";
import { lessonPath } from "~/features/courses/course-urls";
import type { CourseProgress } from "~/features/users/recent-courses";
import { Badge } from "~/ui/badge";

interface EnrolledCourseSummaryProps {
  course: { slug: string; title: string };
  progress: CourseProgress;
}

/** The link lies above the card's own, which covers the whole card. */
export function EnrolledCourseSummary({ course, progress }: EnrolledCourseSummaryProps) {
  const { done, total, nextSlug, nextTitle } = progress;
  const isCompleted = total > 0 && nextSlug === null;
  return (
    <div className="grid gap-2.5">
      <p>
        <Badge tone="success">{isCompleted ? "Completed" : "Enrolled"}</Badge>
      </p>
      <ProgressBar done={done} total={total} label={`Progress in ${course.title}`} />
      {nextSlug !== null && (
        <p>
          <Link
            to={lessonPath(course.slug, nextSlug)}
            className="relative inline-block py-1 font-medium text-accent underline underline-offset-4"
          >
            {done === 0 ? "Start" : "Continue"}: {nextTitle}
          </Link>
        </p>
      )}
    </div>
  );
}
