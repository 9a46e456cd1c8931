import { type ActionFunctionArgs, data, redirect } from "@remix-run/cloudflare";
import { useActionData, useOutletContext, useSearchParams } from "@remix-run/react";
import { CourseDetails } from "~/features/course-editor/components/course-details";
import { CourseNotice } from "~/features/course-editor/components/course-notice";
import { CourseStatusPanel } from "~/features/course-editor/components/course-status-panel";
import { type CourseFailure, submitCourse } from "~/features/course-editor/course-actions.server";
import type { Course } from "~/features/courses/course-view.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Section } from "~/ui/section";
import { useLastNonNull } from "~/ui/use-last-non-null";

export const handle = { access: "admin" };

export async function action({ request, params, context }: ActionFunctionArgs) {
  const path = `/admin/courses/${params.courseId}`;
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await submitCourse(context, params.courseId ?? "", fields);
  switch (outcome.kind) {
    case "saved":
      return redirect(`${path}?saved=${outcome.course.version}`);
    case "status-set":
      return redirect(`${path}?now=${outcome.course.status}`);
    case "not-found":
      throw new Response(null, { status: 404 });
    default:
      return data(outcome, { status: outcome.kind === "invalid" ? 400 : 409 });
  }
}

export default function CoursePage() {
  const course = useOutletContext<Course>();
  const failure = useActionData<CourseFailure | RateLimited>();
  const [params] = useSearchParams();
  const saved = params.get("saved");
  return (
    <>
      <CourseNotice failure={failure} saved={saved} status={params.get("now")} />
      <Section title="Status">
        <CourseStatusPanel course={course} />
      </Section>
      <Section title="Details">
        <CourseDetails key={useLastNonNull(saved)} course={course} failure={failure} />
      </Section>
    </>
  );
}
