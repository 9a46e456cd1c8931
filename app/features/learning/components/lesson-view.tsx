import { CourseStatusNote } from "~/features/courses/components/course-status-note";
import { formatMinutes } from "~/features/courses/format";
import { Markdown } from "~/ui/markdown";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import type { LessonPage } from "../lesson-page.server";
import { AdjacentLessons } from "./adjacent-lessons";
import { CourseFinished } from "./course-finished";
import { LessonCallToAction } from "./lesson-call-to-action";
import { LessonSidebar } from "./lesson-sidebar";
import { LessonStatusBadge } from "./lesson-status-badge";
import { LessonVideo } from "./lesson-video";
import { MarkAsDoneForm } from "./mark-as-done-form";
import { useMarkAsDone } from "./use-mark-as-done";

interface LessonViewProps {
  page: LessonPage;
  /** Only without JavaScript; otherwise `useMarkAsDone` knows. */
  isRateLimited: boolean;
}

export function LessonView({ page, isRateLimited }: LessonViewProps) {
  const { course, lesson, offer, previous, next } = page;
  const completion = useMarkAsDone(page);
  const { outline, progress } = completion;
  const isEnrolled = offer.kind === "enrolled";
  const isFinished = isEnrolled && progress.total > 0 && progress.next === null;
  return (
    <div className="mx-auto grid max-w-6xl gap-x-16 gap-y-8 px-5 py-8 sm:px-8 lg:grid-cols-[17rem_minmax(0,1fr)] lg:py-12 print:block">
      <LessonSidebar
        course={course}
        lessonId={lesson.id}
        outline={outline}
        progress={isEnrolled ? progress : null}
      />
      <article className="grid max-w-[66ch] grid-cols-[minmax(0,1fr)] content-start gap-y-8">
        {isRateLimited && <RateLimitNotice />}
        <LessonHeader course={course} lesson={lesson} isEnrolled={isEnrolled} />
        {lesson.video && <LessonVideo {...lesson.video} lessonTitle={lesson.title} />}
        {lesson.isOpen && <Markdown text={lesson.text} />}
        {!isEnrolled && <LessonCallToAction course={course} lesson={lesson} offer={offer} />}
        {isEnrolled && lesson.isOpen && <MarkAsDoneForm courseSlug={course.slug} {...completion} />}
        <CourseFinished title={course.title} isFinished={isFinished} />
        <AdjacentLessons courseSlug={course.slug} previous={previous} next={next} />
      </article>
    </div>
  );
}

interface LessonHeaderProps extends Pick<LessonPage, "course" | "lesson"> {
  isEnrolled: boolean;
}

function LessonHeader({ course, lesson, isEnrolled }: LessonHeaderProps) {
  return (
    <header>
      <p className="hidden text-muted print:block">{course.title}</p>
      <div className="mb-3 empty:hidden">
        <CourseStatusNote status={course.status} />
      </div>
      <h1 className="text-title leading-[1.1] [overflow-wrap:anywhere]">{lesson.title}</h1>
      <p className="mt-3 flex flex-wrap items-baseline gap-x-3 text-muted">
        {lesson.durationMinutes > 0 && formatMinutes(lesson.durationMinutes)}
        <LessonStatusBadge status={lesson.status} isEnrolled={isEnrolled} />
      </p>
    </header>
  );
}
