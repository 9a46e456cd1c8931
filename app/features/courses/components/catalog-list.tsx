import type { CatalogueCard } from "../catalog.server";
import { CourseCard, CourseGrid } from "./course-card";
import { CourseFacts } from "./course-summary-line";

/** As many as stand in the first row where there is room for most. */
const firstRow = 3;

export function CatalogueList({ courses }: { courses: readonly CatalogueCard[] }) {
  return (
    <section aria-labelledby="courses" className="border-t border-line pt-7">
      <h2 id="courses" className="mb-6 text-2xl leading-tight">
        Courses
      </h2>
      <CourseGrid>
        {courses.map((course, index) => (
          <CourseCard key={course.id} course={course} isFirst={index < firstRow}>
            <CourseFacts price={course} lessons={course.lessons} minutes={course.minutes} />
          </CourseCard>
        ))}
      </CourseGrid>
    </section>
  );
}
