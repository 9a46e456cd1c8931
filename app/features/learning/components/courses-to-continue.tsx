import { Link } from "@remix-run/react";
import { CourseCard, CourseGrid } from "~/features/courses/components/course-card";
import { CourseCover } from "~/features/courses/components/course-cover";
import { ProgressBar } from "~/features/courses/components/progress-bar";
import { coursePath, lessonPath } from "~/features/courses/course-urls";
import type { RecentCourse } from "~/features/users/recent-courses";
import { ButtonLink } from "~/ui/button-link";
import { EmptyState } from "~/ui/empty-state";

export function CoursesToContinue({ courses }: { courses: readonly RecentCourse[] }) {
  const latest = courses.find(({ nextSlug }) => nextSlug !== null) ?? courses[0];
  if (!latest) return <NoCoursesStarted />;
  const others = courses.filter((course) => course !== latest);
  return (
    <>
      <LatestCourse course={latest} />
      {others.length > 0 && (
        <section aria-labelledby="others" className="border-t border-line pt-7">
          <h2 id="others" className="mb-6 text-2xl leading-tight">
            Your other courses
          </h2>
          <CourseGrid>
            {others.map((course) => (
              <CourseCard key={course.slug} course={course}>
                <CourseProgress course={course} />
              </CourseCard>
            ))}
          </CourseGrid>
        </section>
      )}
    </>
  );
}

function LatestCourse({ course }: { course: RecentCourse }) {
  return (
    <section aria-labelledby="latest" className="grid items-center gap-x-12 gap-y-6 md:grid-cols-2">
      <CourseCover cover={course.cover} isAboveFold />
      <div className="grid gap-y-5">
        <h2 id="latest" className="text-3xl leading-tight">
          <Link
            to={coursePath(course.slug)}
            className="decoration-1 underline-offset-4 hover:underline"
          >
            {course.title}
          </Link>
        </h2>
        <CourseProgress course={course} />
        {course.nextSlug !== null ? (
          <div>
            <ButtonLink to={lessonPath(course.slug, course.nextSlug)}>
              {course.done === 0 ? "Start" : "Continue"}: {course.nextTitle}
            </ButtonLink>
          </div>
        ) : (
          <AfterLastCourse hasLessons={course.total > 0} />
        )}
      </div>
    </section>
  );
}

/** All recent courses are finished, or have no lessons yet. */
function AfterLastCourse({ hasLessons }: { hasLessons: boolean }) {
  return (
    <>
      <p className="text-muted">
        {hasLessons ? "You’ve completed this course." : "Lessons are coming soon."}
      </p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink to="/">Find your next course</ButtonLink>
        <ButtonLink to="/courses" variant="secondary">
          All my courses
        </ButtonLink>
      </div>
    </>
  );
}

function CourseProgress({ course: { done, total, title } }: { course: RecentCourse }) {
  return <ProgressBar done={done} total={total} label={`Progress in ${title}`} />;
}

function NoCoursesStarted() {
  return (
    <EmptyState
      title="No courses yet"
      action={
        <ButtonLink to="/" variant="secondary">
          Browse the course catalog
        </ButtonLink>
      }
    >
      After you enroll in a course, you can continue it from here.
    </EmptyState>
  );
}
