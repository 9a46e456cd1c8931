import { Link } from "@remix-run/react";
import { can } from "~/access/permissions";
import type { Role } from "~/db/enums";
import type { RoleChange } from "~/features/users/change-role.server";
import type { User } from "~/features/users/user";
import { buttonClass } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { Section } from "~/ui/section";
import { commandLineActor } from "../audit-entry";
import { roleDialogTriggerId } from "./role-change-dialog";
import { RoleBadge } from "./user-badges";

interface UserRoleProps {
  user: User;
  history: readonly RoleChange[];
  viewer: { role: Role };
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
