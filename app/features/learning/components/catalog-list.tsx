import type { CatalogCourse } from "~/features/courses/catalog.server";
import { CourseCard, CourseGrid } from "~/features/courses/components/course-card";
import { CourseSummaryLine } from "~/features/courses/components/course-summary-line";
import type { CourseProgress } from "~/features/users/recent-courses";
import { EnrolledCourseSummary } from "./enrolled-course-summary";

const maxColumns = 3;

interface CatalogListProps {
  courses: readonly CatalogCourse[];
  /** Of the courses that the viewer is enrolled in, by id. */
  progress: Record<string, CourseProgress>;
}

export function CatalogList({ courses, progress }: CatalogListProps) {
  return (
    <section aria-labelledby="courses" className="border-t border-line pt-7">
      <h2 id="courses" className="mb-6 text-2xl leading-tight">
        Courses
      </h2>
      <CourseGrid>
        {courses.map((course, index) => (
          <CourseCard key={course.id} course={course} isAboveFold={index < maxColumns}>
            <CourseFooter course={course} progress={progress[course.id]} />
          </CourseCard>
        ))}
      </CourseGrid>
    </section>
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
