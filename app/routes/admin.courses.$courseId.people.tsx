import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData, useOutletContext } from "@remix-run/react";
import { can } from "~/access/permissions";
import { requirePermission } from "~/access/require-permission.server";
import { parseCursor } from "~/db/cursor";
import { EnrollForm } from "~/features/admin/components/enroll-form";
import { EnrollmentNotice } from "~/features/admin/components/enrollment-notice";
import { EnrollmentTable } from "~/features/admin/components/enrollment-table";
import {
  type EnrollmentFailure,
  handleEnrollmentAction,
} from "~/features/admin/enrollment-actions.server";
import { listEnrollments } from "~/features/admin/enrollments.server";
import type { Course } from "~/features/courses/course-view.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { buttonClass } from "~/ui/button";
import { Pager } from "~/ui/pager";
import { Section } from "~/ui/section";
import type { loader as courseLoader } from "./admin.courses.$courseId";

export const handle = { access: "admin" };

type Parents = { "routes/admin.courses.$courseId": typeof courseLoader };

export const meta: MetaFunction<typeof loader, Parents> = ({ matches }) => {
  const parent = matches.find(({ id }) => id === "routes/admin.courses.$courseId");
  return [
    { title: `Learners of ${parent?.data?.course.title ?? "a course"} · Admin · Courses Platform` },
  ];
};

/** Also after a failure: another admin may have changed the list. */
export const shouldRevalidate = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "courses.read");
  const cursor = parseCursor(new URL(request.url).searchParams);
  return { role, page: await listEnrollments(context.db, params.courseId ?? "", cursor) };
}

const failureStatus = { invalid: 400, "not-added": 409 } as const;

export async function action({ request, params, context }: ActionFunctionArgs) {
  const path = `/admin/courses/${params.courseId}/people`;
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await handleEnrollmentAction(context, params.courseId ?? "", fields);
  switch (outcome.kind) {
    case "enrolled":
      return redirect(`${path}?${enrolledParams(outcome)}`);
    case "revoked": {
      const search = new URL(request.url).searchParams;
      for (const name of noticeParams) search.delete(name);
      search.set("revoked", outcome.userIds[0]);
      return redirect(`${path}?${search}`);
    }
    case "not-found":
      throw new Response(null, { status: 404 });
    default:
      return data(outcome, { status: failureStatus[outcome.kind] });
  }
}

const noticeParams = ["enrolled", "revoked", "added", "already"];

function enrolledParams({
  userIds,
  alreadyEnrolled,
}: {
  userIds: string[];
  alreadyEnrolled: number;
}) {
  const [userId, ...others] = userIds;
  return userId !== undefined && others.length + alreadyEnrolled === 0
    ? `enrolled=${userId}`
    : `added=${userIds.length}&already=${alreadyEnrolled}`;
}

export default function PeoplePage() {
  const { id } = useOutletContext<Course>();
  const { role, page } = useLoaderData<typeof loader>();
  const failure = useActionData<EnrollmentFailure | RateLimited>();
  const mayChange = can(role, "enrollments.change");
  return (
    <>
      <EnrollmentNotice failure={failure} people={page.rows} />
      {mayChange && (
        <Section title="Add learners">
          <EnrollForm lastResult={failure?.lastResult} />
        </Section>
      )}
      <section aria-labelledby="people" className="border-t border-line pt-7">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-4">
          <h2 id="people" className="text-2xl leading-tight">
            Learners
          </h2>
          {can(role, "enrollments.export") && (
            <a
              href={`/admin/courses/${id}/people.csv`}
              download
              className={buttonClass("secondary")}
            >
              Export CSV
            </a>
          )}
        </div>
        {page.rows.length === 0 ? (
          <p className="text-muted">No learners yet.</p>
        ) : (
          <EnrollmentTable people={page.rows} mayChange={mayChange} />
        )}
        <Pager previous={page.previous} next={page.next} />
      </section>
    </>
  );
}
