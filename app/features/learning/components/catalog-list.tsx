import type { CatalogCourse } from "~/features/courses/catalog.server";
import { CatalogSearch } from "~/features/courses/components/catalog-search";
import { CourseCard, CourseGrid } from "~/features/courses/components/course-card";
import { CourseSummaryLine } from "~/features/courses/components/course-summary-line";
import type { CourseProgress } from "~/features/users/recent-courses";
import { EnrolledCourseSummary } from "./enrolled-course-summary";

const maxColumns = 3;

export interface CatalogListProps {
  courses: readonly CatalogCourse[];
  /** Of the courses that the viewer is enrolled in, by id. */
  progress: Record<string, CourseProgress>;
}

export function CatalogList({ courses, progress }: CatalogListProps) {
  return (
    <section aria-labelledby="courses" className="border-t border-line pt-7">
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <h2 id="courses" className="text-2xl leading-tight">
          Courses
        </h2>
        <CatalogSearch query="" />
      </div>
      <CatalogGrid courses={courses} progress={progress} />
    </section>
  );
}

export function CatalogGrid({ courses, progress }: CatalogListProps) {
  return (
    <CourseGrid>
      {courses.map((course, index) => (
        <CourseCard key={course.id} course={course} isAboveFold={index < maxColumns}>
          <CourseFooter course={course} progress={progress[course.id]} />
        </CourseCard>
      ))}
    </CourseGrid>
  );
}

interface CourseFooterProps {
  course: CatalogCourse;
  progress: CourseProgress | undefined;
}

function CourseFooter({ course, progress }: CourseFooterProps) {
  if (progress) return <EnrolledCourseSummary course={course} progress={progress} />;
  return <CourseSummaryLine price={course} lessons={course.lessons} minutes={course.minutes} />;
}
