import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { OutlineEditor } from "~/features/course-editor/components/outline-editor";
import { OutlineNotice } from "~/features/course-editor/components/outline-notice";
import { loadOutlineForEditor } from "~/features/course-editor/edit-outline.server";
import {
  type OutlineFailure,
  submitOutline,
} from "~/features/course-editor/outline-actions.server";
import { urlAfterChange } from "~/features/course-editor/outline-urls";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Notice } from "~/ui/notice";

export const handle = { access: "admin" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Outline of ${data?.course.title ?? "a course"} · Admin · Courses Platform` },
];

/** Also after a failure: the displayed order may be stale. */
export const shouldRevalidate = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, "courses.read");
  const found = await loadOutlineForEditor(context.db, params.courseId ?? "");
  if (!found) throw new Response(null, { status: 404 });
  return found;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const courseId = params.courseId ?? "";
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await submitOutline(context, courseId, fields);
  switch (outcome.kind) {
    case "saved":
      return redirect(urlAfterChange(courseId, outcome.form, outcome.keepsScroll));
    case "not-found":
      throw new Response(null, { status: 404 });
    default:
      return data(outcome, { status: outcome.kind === "invalid" ? 400 : 409 });
  }
}

export default function OutlinePage() {
  const { course, outline, newIds } = useLoaderData<typeof loader>();
  const failure = useActionData<OutlineFailure | RateLimited>();
  return (
    <div>
      <OutlineMessage failure={failure} version={course.version} />
      <OutlineEditor course={course} outline={outline} newIds={newIds} failure={failure} />
    </div>
  );
}

function OutlineMessage({
  failure,
  version,
}: {
  failure: OutlineFailure | RateLimited | undefined;
  version: number;
}) {
  const [params] = useSearchParams();
  const done = params.has("created")
    ? "Course created as a draft. Add sections and lessons, then publish it under Details."
    : params.has("lesson-removed") && "Lesson removed.";
  if (!failure && !done) return null;
  return (
    <div className="mb-8">
      {failure ? (
        <OutlineNotice key={version} failure={failure} />
      ) : (
        <Notice tone="success">{done}</Notice>
      )}
    </div>
  );
}
