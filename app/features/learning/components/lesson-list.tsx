import { Link } from "@remix-run/react";
import { lessonPath } from "~/features/courses/course-urls";
import type { ViewerLesson, ViewerOutline } from "../outline-for-viewer";
import { LessonStatusIcon } from "./lesson-status-icon";

interface LessonListProps {
  courseSlug: string;
  currentLessonId: string;
  outline: ViewerOutline;
}

export function LessonList({ courseSlug, currentLessonId, outline }: LessonListProps) {
  return (
    <nav aria-label="Lessons" className="grid gap-5 text-[0.9375rem] max-lg:pb-4">
      {outline.map((section) => (
        <div key={section.id}>
          <p id={section.id} className="text-sm text-muted">
            {section.title}
          </p>
          <ol aria-labelledby={section.id} className="mt-1.5 grid gap-1.5">
            {section.lessons.map((lesson) => (
              <li key={lesson.id} className="flex items-baseline gap-2.5 leading-snug">
                <LessonStatusIcon {...lesson} />
                <LessonName
                  lesson={lesson}
                  to={lessonPath(courseSlug, lesson.slug)}
                  isCurrent={lesson.id === currentLessonId}
                />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </nav>
  );
}

function LessonName({
  lesson,
  to,
  isCurrent,
}: {
  lesson: ViewerLesson;
  to: string;
  isCurrent: boolean;
}) {
  const name = "min-w-0 [overflow-wrap:anywhere]";
  if (isCurrent) {
    return (
      <Link to={to} aria-current="page" className={`${name} font-medium text-accent`}>
        {lesson.title}
      </Link>
    );
  }
  if (!lesson.isOpen)
    return <span className={`${name} as-tall-as-a-link text-muted`}>{lesson.title}</span>;
  return (
    <Link to={to} className={`${name} hover:underline`}>
      {lesson.title}
    </Link>
  );
}
