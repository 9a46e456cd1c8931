import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { can } from "~/access/permissions";
import { requirePermission } from "~/access/require-permission.server";
import { parseCursor } from "~/db/cursor";
import { EnrollForm } from "~/features/admin/components/enroll-form";
import { type EnrolledUser, EnrollmentTable } from "~/features/admin/components/enrollment-table";
import {
  type EnrollmentFailure,
  handleEnrollmentAction,
} from "~/features/admin/enrollment-actions.server";
import { listEnrollments } from "~/features/admin/enrollments.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Notice } from "~/ui/notice";
import { Pager } from "~/ui/pager";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
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

const failureStatus = {
  invalid: 400,
  "user-not-found": 400,
  banned: 409,
  ambiguous: 409,
  "already-enrolled": 409,
} as const;

export async function action({ request, params, context }: ActionFunctionArgs) {
  const path = `/admin/courses/${params.courseId}/people`;
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await handleEnrollmentAction(context, params.courseId ?? "", fields);
  switch (outcome.kind) {
    case "enrolled":
      return redirect(`${path}?enrolled=${outcome.userId}`);
    case "revoked": {
      const search = new URL(request.url).searchParams;
      search.delete("enrolled");
      search.set("revoked", outcome.userId);
      return redirect(`${path}?${search}`);
    }
    case "not-found":
      throw new Response(null, { status: 404 });
    default:
      return data(outcome, { status: failureStatus[outcome.kind] });
  }
}

export default function PeoplePage() {
  const { role, page } = useLoaderData<typeof loader>();
  const failure = useActionData<EnrollmentFailure | RateLimited>();
  const mayChange = can(role, "enrollments.change");
  return (
    <>
      {!failure && <EnrollmentNotice people={page.rows} />}
      {failure?.kind === "rate-limited" && <RateLimitNotice />}
      {mayChange && (
        <Section title="Add a learner">
          <EnrollForm lastResult={failure?.lastResult} />
        </Section>
      )}
      <section aria-labelledby="people" className="border-t border-line pt-7">
        <h2 id="people" className="mb-4 text-2xl leading-tight">
          Learners
        </h2>
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

function EnrollmentNotice({ people }: { people: readonly EnrolledUser[] }) {
  const [params] = useSearchParams();
  const enrolled = params.get("enrolled");
  const changed = params.get("revoked") ?? enrolled;
  if (changed === null) return null;
  const name = people.find(({ person }) => person.id === changed)?.person.name ?? "The learner";
  return (
    <Notice key={`${changed} ${enrolled}`} tone="success">
      {changed === enrolled
        ? `${name} now has access to this course.`
        : `${name} no longer has access to this course.`}
    </Notice>
  );
}
