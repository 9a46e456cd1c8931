import { Link } from "@remix-run/react";
import { ProgressBar } from "~/features/courses/components/progress-bar";
import { coursePath } from "~/features/courses/course-urls";
import type { Progress } from "~/features/courses/outline";
import type { ViewerLesson, ViewerOutline } from "../outline-for-viewer";
import { LessonList } from "./lesson-list";

interface LessonSidebarProps {
  course: { slug: string; title: string };
  lessonId: string;
  outline: ViewerOutline;
  progress: Progress<ViewerLesson> | null;
}

/** Collapsed above the lesson on narrow screens, and in browsers without `::details-content`. */
export function LessonSidebar({ course, lessonId, outline, progress }: LessonSidebarProps) {
  return (
    <aside className="self-start lg:sticky lg:top-0 lg:-my-12 lg:max-h-screen lg:overflow-y-auto lg:py-12 print:hidden">
      <p className="font-serif text-xl leading-snug">
        <Link to={coursePath(course.slug)} className="hover:underline">
          {course.title}
        </Link>
      </p>
      {progress && progress.total > 0 && (
        <div className="mt-3">
          <ProgressBar done={progress.done} total={progress.total} label="Your progress" />
        </div>
      )}
      <details className="mt-5 max-lg:border-y max-lg:border-line lg:details-content:[content-visibility:visible]">
        <summary className="cursor-pointer py-3 font-medium lg:supports-[selector(::details-content)]:hidden">
          All lessons
        </summary>
        <LessonList courseSlug={course.slug} currentLessonId={lessonId} outline={outline} />
      </details>
    </aside>
  );
}
