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
import { EnrollForm } from "~/features/admin/components/enroll-form";
import { EnrollmentNotice } from "~/features/admin/components/enrollment-notice";
import { LearnersSection } from "~/features/admin/components/learners-section";
import {
  type EnrollmentFailure,
  handleEnrollmentAction,
} from "~/features/admin/enrollment-actions.server";
import { findLearners, parseLearnerQuery } from "~/features/admin/learner-list.server";
import type { Course } from "~/features/courses/course-view.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
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
  const query = parseLearnerQuery(new URL(request.url).searchParams);
  return { role, query, page: await findLearners(context.db, params.courseId ?? "", query) };
}

const failureStatus = { invalid: 400, "not-added": 409 } as const;

export async function action({ request, params, context }: ActionFunctionArgs) {
  const path = `/admin/courses/${params.courseId}/people`;
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await handleEnrollmentAction(context, params.courseId ?? "", fields);
  const search = new URL(request.url).searchParams;
  for (const name of noticeParams) search.delete(name);
  switch (outcome.kind) {
    case "enrolled": {
      // The list shows new learners first; the order of a search does not change.
      const staysInSearch = fields.get("intent") === "enroll-again" && search.has("q");
      return redirect(`${path}?${enrolledParams(outcome, staysInSearch ? search : undefined)}`);
    }
    case "revoked":
      search.set("revoked", outcome.userIds[0]);
      return redirect(`${path}?${search}`);
    case "not-found":
      throw new Response(null, { status: 404 });
    default:
      return data(outcome, { status: failureStatus[outcome.kind] });
  }
}

const noticeParams = ["enrolled", "revoked", "added", "already"];

interface Enrolled {
  userIds: string[];
  alreadyEnrolled: number;
}

function enrolledParams({ userIds, alreadyEnrolled }: Enrolled, search = new URLSearchParams()) {
  const [userId, ...others] = userIds;
  if (userId !== undefined && others.length + alreadyEnrolled === 0) {
    search.set("enrolled", userId);
  } else {
    search.set("added", `${userIds.length}`);
    search.set("already", `${alreadyEnrolled}`);
  }
  return search;
}

export default function PeoplePage() {
  const { id } = useOutletContext<Course>();
  const { role, query, page } = useLoaderData<typeof loader>();
  const failure = useActionData<EnrollmentFailure | RateLimited>();
  const mayChange = can(role, "enrollments.change");
  return (
    <>
      <EnrollmentNotice failure={failure} people={page?.rows ?? []} />
      {mayChange && (
        <Section title="Add learners">
          <EnrollForm lastResult={failure?.lastResult} />
        </Section>
      )}
      <LearnersSection
        path={`/admin/courses/${id}/people`}
        search={query.q}
        page={page}
        mayChange={mayChange}
        mayExport={can(role, "enrollments.export")}
      />
    </>
  );
}
