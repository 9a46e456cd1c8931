import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { v7 as uuidv7 } from "uuid";
import { requirePermission } from "~/access/require-permission.server";
import { covers, currencies } from "~/db/enums";
import { CourseForm } from "~/features/course-editor/components/course-form";
import {
  type NewCourseOutcome,
  submitNewCourse,
} from "~/features/course-editor/course-actions.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";
import { RateLimitNotice } from "~/ui/rate-limit-notice";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "New course · Admin · Courses Platform" }];

/** The id makes submissions idempotent. */
export function loader({ context }: LoaderFunctionArgs) {
  requirePermission(context, "courses.edit");
  return { id: uuidv7() };
}

const failureStatus = { invalid: 400, "slug-taken": 409 } as const;

export async function action({ request, context }: ActionFunctionArgs) {
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await submitNewCourse(context, fields);
  if (outcome.kind === "saved") {
    return redirect(`/admin/courses/${outcome.course.id}/outline?created`);
  }
  return data(outcome, { status: failureStatus[outcome.kind] });
}

export default function NewCourse() {
  const { id } = useLoaderData<typeof loader>();
  const failure = useActionData<Exclude<NewCourseOutcome, { kind: "saved" }> | RateLimited>();
  return (
    <Page title="New course" lead="New courses start as drafts that only admins can see.">
      <div className="grid max-w-3xl gap-7">
        {failure?.kind === "rate-limited" && <RateLimitNotice />}
        <CourseForm
          initialValues={{ cover: covers[0], currency: currencies[0] }}
          lastResult={failure?.lastResult}
          hidden={{ id }}
          submit={{ label: "Create course", busy: "Creating…" }}
        />
      </div>
    </Page>
  );
}
