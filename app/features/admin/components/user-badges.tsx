import type { Role } from "~/db/enums";
import { Badge } from "~/ui/badge";

export function RoleBadge({ role }: { role: Role }) {
  return <Badge tone={role === "admin" ? "accent" : "neutral"}>{role}</Badge>;
}

interface UserState {
  deletedAt: number | null;
  bannedAt: number | null;
  locked: boolean;
  metadataPending: boolean;
}

/** "locked": no sign-in after wrong passwords, says Clerk. "pending": a push to Clerk is due. */
export function UserStateBadges({ deletedAt, bannedAt, locked, metadataPending }: UserState) {
  if (deletedAt !== null) return <Badge tone="danger">deleted</Badge>;
  const isActive = bannedAt === null && !metadataPending;
  return (
    <span className="inline-flex flex-wrap gap-x-2 gap-y-1">
      {bannedAt !== null && <Badge tone="danger">banned</Badge>}
      {metadataPending && <Badge tone="accent">pending</Badge>}
      {isActive && <Badge>active</Badge>}
      {locked && <Badge>locked</Badge>}
    </span>
  );
}
