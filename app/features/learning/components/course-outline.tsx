import { Link } from "@remix-run/react";
import { lessonPath } from "~/features/courses/course-urls";
import { formatMinutes } from "~/features/courses/format";
import type { ViewerLesson, ViewerOutline } from "../outline-for-viewer";
import { LessonStatusBadge } from "./lesson-status-badge";
import { LessonStatusIcon } from "./lesson-status-icon";

interface CourseOutlineProps {
  courseSlug: string;
  outline: ViewerOutline;
  isEnrolled: boolean;
}

export function CourseOutline({ courseSlug, outline, isEnrolled }: CourseOutlineProps) {
  return (
    <div className="grid gap-8">
      {outline.map((section) => (
        <section key={section.id} aria-labelledby={section.id}>
          <h3 id={section.id} className="text-lg leading-snug">
            {section.title}
          </h3>
          <ol className="mt-2 divide-y divide-line border-y border-line">
            {section.lessons.map((lesson) => (
              <li key={lesson.id} className="flex items-baseline gap-3 py-2.5">
                <LessonStatusIcon {...lesson} />
                <LessonTitle courseSlug={courseSlug} lesson={lesson} isEnrolled={isEnrolled} />
                {lesson.durationMinutes > 0 && (
                  <span className="ml-auto text-sm whitespace-nowrap text-muted">
                    {formatMinutes(lesson.durationMinutes)}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

interface LessonTitleProps extends Pick<CourseOutlineProps, "courseSlug" | "isEnrolled"> {
  lesson: ViewerLesson;
}

function LessonTitle({ courseSlug, lesson, isEnrolled }: LessonTitleProps) {
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      {lesson.isOpen ? (
        <Link
          to={lessonPath(courseSlug, lesson.slug)}
          className="underline decoration-line underline-offset-4 transition-colors hover:decoration-ink"
        >
          {lesson.title}
        </Link>
      ) : (
        <span className="text-muted">{lesson.title}</span>
      )}
      <span className="ml-2.5 empty:hidden">
        <LessonStatusBadge status={lesson.status} isEnrolled={isEnrolled} />
      </span>
    </span>
  );
}
