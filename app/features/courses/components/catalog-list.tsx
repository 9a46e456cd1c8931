import type { CatalogCourse } from "../catalog.server";
import { CourseCard, CourseGrid } from "./course-card";
import { CourseSummaryLine } from "./course-summary-line";

const maxColumns = 3;

export function CatalogList({ courses }: { courses: readonly CatalogCourse[] }) {
  return (
    <section aria-labelledby="courses" className="border-t border-line pt-7">
      <h2 id="courses" className="mb-6 text-2xl leading-tight">
        Courses
      </h2>
      <CourseGrid>
        {courses.map((course, index) => (
          <CourseCard key={course.id} course={course} isAboveFold={index < maxColumns}>
            <CourseSummaryLine price={course} lessons={course.lessons} minutes={course.minutes} />
          </CourseCard>
        ))}
      </CourseGrid>
    </section>
  );
}
