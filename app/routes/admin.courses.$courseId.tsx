import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Outlet, useLoaderData } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { CourseEditorLayout } from "~/features/course-editor/components/course-editor-layout";
import { findCourse } from "~/features/course-editor/edit-course.server";

export const handle = { access: "admin" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.course.title ?? "Course"} · Admin · Courses Platform` },
];

/** Also after a failure: the displayed course may be stale. */
export const shouldRevalidate = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, "courses.read");
  const course = await findCourse(context.db, params.courseId ?? "");
  if (!course) throw new Response(null, { status: 404 });
  return { course };
}

export default function CourseLayout() {
  const { course } = useLoaderData<typeof loader>();
  return (
    <CourseEditorLayout course={course}>
      <Outlet context={course} />
    </CourseEditorLayout>
  );
}
