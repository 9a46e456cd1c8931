import type { ReactNode } from "react";
import type { CourseStatus, Cover } from "~/db/enums";
import { CourseCover } from "~/features/courses/components/course-cover";
import { CourseStatusNote } from "~/features/courses/components/course-status-note";
import { CourseSummaryLine } from "~/features/courses/components/course-summary-line";
import type { Price } from "~/features/courses/money";
import { allLessons, totalMinutes } from "~/features/courses/outline";
import type { ViewerOutline } from "../outline-for-viewer";

interface CourseHeaderProps {
  course: Price & { title: string; summary: string; cover: Cover; status: CourseStatus };
  outline: ViewerOutline;
  children: ReactNode;
}

export function CourseHeader({ course, outline, children }: CourseHeaderProps) {
  const lessons = allLessons(outline);
  return (
    <div className="grid items-start gap-x-14 gap-y-8 md:grid-cols-[1.15fr_1fr]">
      <div className="grid gap-y-6 max-md:order-last">
        <CourseStatusNote status={course.status} />
        <div>
          <h1 className="text-title leading-[1.1]">{course.title}</h1>
          <p className="mt-4 max-w-[56ch] text-lg text-muted">{course.summary}</p>
        </div>
        <CourseSummaryLine
          price={course}
          lessons={lessons.length}
          minutes={totalMinutes(lessons)}
        />
        {children}
      </div>
      <CourseCover cover={course.cover} isAboveFold />
    </div>
  );
}
