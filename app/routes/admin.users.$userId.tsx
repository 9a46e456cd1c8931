import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { RoleChangeDialog } from "~/features/admin/components/role-change-dialog";
import { UserNotice } from "~/features/admin/components/user-notice";
import {
  UserDeliveries,
  UserMetadata,
  UserRecord,
  UserRole,
} from "~/features/admin/components/user-sections";
import { handleUserAction, type UserActionFailure } from "~/features/admin/user-actions.server";
import { findUserDetails } from "~/features/admin/user-details.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";

export const handle = { access: "admin" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.user.name ?? "User"} · Admin · Courses Platform` },
];

/** Also after a failed action: the page may be out of date. */
export const shouldRevalidate = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const viewer = requirePermission(context, "users.read");
  const details = await findUserDetails(context.db, params.userId ?? "");
  if (!details) throw new Response(null, { status: 404 });
  return { ...details, viewer: { id: viewer.id, role: viewer.role } };
}

const failureStatus = { invalid: 400, "clerk-unavailable": 503 } as const;

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
    case "not-found":
      throw new Response(null, { status: 404 });
    case "invalid":
    case "clerk-unavailable":
      return data(outcome, { status: failureStatus[outcome.kind] });
    default:
      return data(outcome, { status: 409 });
  }
}

export default function UserPage() {
  const { user, history, deliveries, viewer } = useLoaderData<typeof loader>();
  const outcome = useActionData<UserActionFailure | RateLimited>();
  const [params] = useSearchParams();
  const dialogIsOpen = params.get("change") === "role" && user.deletedAt === null;
  return (
    <Page title={user.name} lead={user.email ?? "No email address"}>
      <UserNotice
        changed={history.find(({ id }) => id === params.get("changed")) ?? null}
        synced={params.has("synced")}
        outcome={outcome?.kind}
      />
      <UserRecord user={user} />
      <UserRole user={user} history={history} viewer={viewer} />
      <UserMetadata user={user} viewer={viewer} />
      <UserDeliveries deliveries={deliveries} />
      {dialogIsOpen && (
        <RoleChangeDialog
          user={user}
          latest={history[0] ?? null}
          viewerId={viewer.id}
          outcome={outcome ?? null}
        />
      )}
    </Page>
  );
}
