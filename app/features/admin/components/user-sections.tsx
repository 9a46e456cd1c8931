import { Form, Link, useNavigation } from "@remix-run/react";
import { can } from "~/access/permissions";
import type { Role } from "~/db/enums";
import type { RoleChange } from "~/features/users/change-role.server";
import type { User } from "~/features/users/user";
import { Badge } from "~/ui/badge";
import { Button, buttonClass } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { DescriptionItem, DescriptionList } from "~/ui/description-list";
import { Section } from "~/ui/section";
import { commandLineActor } from "../audit-entry";
import type { findUserDetails } from "../user-details.server";
import { DeliveryTable } from "./delivery-table";
import { roleDialogTriggerId } from "./role-change-dialog";
import { RoleBadge, UserStateBadges } from "./user-badges";

interface Viewer {
  id: string;
  role: Role;
}

const codeClass = "text-sm [overflow-wrap:anywhere]";

export function UserRecord({ user }: { user: User }) {
  return (
    <Section title="Record">
      <DescriptionList>
        <DescriptionItem term="Status">
          <UserStateBadges {...user} />
        </DescriptionItem>
        <DescriptionItem term="ID">
          <code className={codeClass}>{user.id}</code>
        </DescriptionItem>
        <DescriptionItem term="Clerk ID">
          <code className={codeClass}>{user.clerkUserId}</code>
        </DescriptionItem>
        <DescriptionItem term="Created">
          <DateTime at={user.createdAt} />
        </DescriptionItem>
        <DescriptionItem term="Last updated">
          <DateTime at={user.updatedAt} />
        </DescriptionItem>
        {user.bannedAt !== null && (
          <DescriptionItem term="Banned in Clerk">
            <DateTime at={user.bannedAt} />
          </DescriptionItem>
        )}
        {user.locked && (
          <DescriptionItem term="Locked in Clerk">
            After wrong passwords. Existing sessions keep working.
          </DescriptionItem>
        )}
        {user.deletedAt !== null && (
          <DescriptionItem term="Deleted">
            <DateTime at={user.deletedAt} />
          </DescriptionItem>
        )}
      </DescriptionList>
    </Section>
  );
}

interface UserRoleProps {
  user: User;
  history: readonly RoleChange[];
  viewer: Viewer;
}

export function UserRole({ user, history, viewer }: UserRoleProps) {
  const mayChange = user.deletedAt === null && can(viewer.role, "users.change-role");
  return (
    <Section title="Role">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <RoleBadge role={user.role} />
        {mayChange && (
          <Link
            id={roleDialogTriggerId}
            to="?change=role"
            replace
            preventScrollReset
            className={buttonClass(user.role === "admin" ? "danger" : "secondary")}
          >
            {user.role === "admin" ? "Remove admin…" : "Make admin…"}
          </Link>
        )}
      </p>
      {history.length === 0 ? (
        <p className="mt-4 text-muted">No role changes yet.</p>
      ) : (
        <ol className="mt-4 divide-y divide-line">
          {history.map((change) => (
            <HistoryEntry key={change.id} change={change} />
          ))}
        </ol>
      )}
    </Section>
  );
}

function HistoryEntry({ change }: { change: RoleChange }) {
  return (
    <li className="py-3">
      {change.fromRole} to {change.toRole}: {change.reason}
      <span className="block text-sm text-muted">
        <DateTime at={change.createdAt} />, by{" "}
        {change.changedBy ? (
          <Link to={`/admin/users/${change.changedBy}`} className="underline">
            {change.changedByName}
          </Link>
        ) : (
          commandLineActor
        )}
      </span>
    </li>
  );
}

export function UserMetadata({ user, viewer }: { user: User; viewer: Viewer }) {
  const busy = useNavigation().formData?.get("intent") === "sync";
  const maySync = user.deletedAt === null && can(viewer.role, "users.sync");
  return (
    <Section title="Sync with Clerk">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        {user.metadataPending ? (
          <Badge tone="accent">pending</Badge>
        ) : (
          <Badge tone="success">in sync</Badge>
        )}
        <span className="text-muted">
          {user.metadataPending
            ? "Clerk does not have this ID and role yet."
            : "Clerk has this ID and role."}
          {user.metadataPending && user.metadataRetryAt !== null && (
            <>
              {" "}
              Next retry after <DateTime at={user.metadataRetryAt} />.
            </>
          )}
        </span>
      </p>
      <p className="mt-2 text-sm text-muted">
        Last updated in Clerk <DateTime at={user.clerkUpdatedAt} />
      </p>
      {maySync && (
        <Form method="post" action={`/admin/users/${user.id}`} className="mt-4">
          <Button name="intent" value="sync" variant="secondary" busy={busy} busyText="Syncing…">
            Sync now
          </Button>
        </Form>
      )}
    </Section>
  );
}

type Details = NonNullable<Awaited<ReturnType<typeof findUserDetails>>>;

export function UserDeliveries({ deliveries }: Pick<Details, "deliveries">) {
  return (
    <Section title="Webhook deliveries">
      {deliveries.length === 0 ? (
        <p className="text-muted">None in the last 30 days.</p>
      ) : (
        <DeliveryTable caption="Latest webhook deliveries for this user" deliveries={deliveries} />
      )}
    </Section>
  );
}
