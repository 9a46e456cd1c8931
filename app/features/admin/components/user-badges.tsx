import type { Role } from "~/db/enums";
import { Badge } from "~/ui/badge";

export function RoleBadge({ role }: { role: Role }) {
  return <Badge tone={role === "admin" ? "accent" : "neutral"}>{role}</Badge>;
}

interface State {
  deletedAt: number | null;
  metadataPending: boolean;
}

/** Deleted, or waiting for a push to Clerk, or neither. */
export function UserStateBadge({ deletedAt, metadataPending }: State) {
  if (deletedAt !== null) return <Badge tone="danger">deleted</Badge>;
  return metadataPending ? <Badge tone="accent">pending</Badge> : <Badge>active</Badge>;
}
