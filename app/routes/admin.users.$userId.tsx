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
import { RoleChangeDialog } from "~/features/admin/components/role-change-dialog";
import { UserAudit, UserDeliveries } from "~/features/admin/components/user-activity";
import { UserClerkState } from "~/features/admin/components/user-clerk-state";
import { UserCourses } from "~/features/admin/components/user-courses";
import { UserNotice } from "~/features/admin/components/user-notice";
import { UserPurchases } from "~/features/admin/components/user-purchases";
import { UserRecord } from "~/features/admin/components/user-record";
import { UserRole } from "~/features/admin/components/user-role";
import { handleUserAction, type UserActionFailure } from "~/features/admin/user-actions.server";
import type { AddCourseFailure } from "~/features/admin/user-course-actions.server";
import { findUserDetails } from "~/features/admin/user-details.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";
import { Breakable } from "~/ui/breakable";

export const handle = { access: "admin" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.user.name ?? "User"} · Admin · Courses Platform` },
];

/** Also after a failed action: the page may be out of date. */
export const shouldRevalidate = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = requirePermission(context, "users.read");
  const cursor = parseCursor(new URL(request.url).searchParams);
  const details = await findUserDetails(context.db, params.userId ?? "", cursor);
  if (!details) throw new Response(null, { status: 404 });
  return { ...details, viewer: { id: viewer.id, role: viewer.role } };
}

const failureStatus = { invalid: 400, "not-added": 400, "clerk-unavailable": 503 } as const;

export async function action({ request, params, context }: ActionFunctionArgs) {
  const path = `/admin/users/${params.userId}`;
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await handleUserAction(context, params.userId ?? "", fields);
  switch (outcome.kind) {
    case "changed":
      return redirect(`${path}?changed=${outcome.changeId}`);
    case "synced":
      return redirect(`${path}?synced`);
    case "enrolled":
    case "revoked":
      return redirect(`${path}?${outcome.kind}=${outcome.courseId}`);
    case "not-found":
      throw new Response(null, { status: 404 });
    case "invalid":
    case "not-added":
    case "clerk-unavailable":
      return data(outcome, { status: failureStatus[outcome.kind] });
    default:
      return data(outcome, { status: 409 });
  }
}

export default function UserPage() {
  const { user, history, viewer, ...details } = useLoaderData<typeof loader>();
  const outcome = useActionData<UserActionFailure | AddCourseFailure | RateLimited>();
  const [params] = useSearchParams();
  const addFailure =
    outcome?.kind === "not-added" || outcome?.kind === "rate-limited" ? outcome : null;
  const dialogIsOpen = params.get("change") === "role" && user.deletedAt === null;
  return (
    <Page
      title={user.name}
      lead={user.email === null ? "No email address" : <Breakable text={user.email} />}
    >
      <UserNotice
        name={user.name}
        changed={history.find(({ id }) => id === params.get("changed")) ?? null}
        courses={details.courses.rows}
        outcome={outcome?.kind}
      />
      <UserCourses
        courses={details.courses}
        suggestions={details.suggestions}
        isDeleted={user.deletedAt !== null}
        mayChange={can(viewer.role, "enrollments.change")}
        failure={addFailure?.lastResult}
      />
      <UserPurchases
        userId={user.id}
        purchases={details.purchases}
        hasMorePurchases={details.hasMorePurchases}
        mayRefund={can(viewer.role, "purchases.change")}
      />
      <UserRole user={user} history={history} viewer={viewer} />
      <UserClerkState user={user} viewer={viewer} />
      <UserDeliveries deliveries={details.deliveries} />
      <UserAudit user={user} audit={details.audit} />
      <UserRecord user={user} />
      {dialogIsOpen && (
        <RoleChangeDialog
          user={user}
          latest={history[0] ?? null}
          viewerId={viewer.id}
          outcome={outcome && outcome.kind !== "not-added" ? outcome : null}
        />
      )}
    </Page>
  );
}
