import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { parseCursor } from "~/db/cursor";
import { CourseCard, CourseGrid } from "~/features/courses/components/course-card";
import { ProgressBar } from "~/features/courses/components/progress-bar";
import { listMyCourses } from "~/features/learning/my-courses.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { Page } from "~/layout/page";
import { ButtonLink } from "~/ui/button-link";
import { EmptyState } from "~/ui/empty-state";
import { Pager } from "~/ui/pager";

export const meta: MetaFunction = () => [{ title: "My courses · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  const cursor = parseCursor(new URL(args.request.url).searchParams);
  return listMyCourses(args.context.db, userId, cursor);
}

type CoursePage = Awaited<ReturnType<typeof listMyCourses>>;

export default function MyCourses() {
  const { rows, previous, next } = useLoaderData<typeof loader>();
  return (
    <Page title="My courses">
      <div>
        {rows.length === 0 ? <NoCoursesYet /> : <CourseList courses={rows} />}
        <Pager previous={previous} next={next} />
      </div>
    </Page>
  );
}

function CourseList({ courses }: { courses: CoursePage["rows"] }) {
  return (
    <CourseGrid>
      {courses.map((course, index) => (
        <CourseCard key={course.slug} course={course} headingLevel={2} isAboveFold={index < 3}>
          <ProgressBar
            done={course.done}
            total={course.total}
            label={`Progress in ${course.title}`}
          />
        </CourseCard>
      ))}
    </CourseGrid>
  );
}

function NoCoursesYet() {
  return (
    <EmptyState
      title="No courses yet"
      action={
        <ButtonLink to="/" variant="secondary">
          Browse the course catalog
        </ButtonLink>
      }
    >
      Courses you enroll in appear here with your progress.
    </EmptyState>
  );
}
