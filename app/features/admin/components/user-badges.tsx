import type { Role } from "~/db/enums";
import { Badge } from "~/ui/badge";

export function RoleBadge({ role }: { role: Role }) {
  return <Badge tone={role === "admin" ? "accent" : "neutral"}>{role}</Badge>;
}

interface UserState {
  deletedAt: number | null;
  metadataPending: boolean;
}

/** "pending" means that a metadata push to Clerk is due. */
export function UserStateBadge({ deletedAt, metadataPending }: UserState) {
  if (deletedAt !== null) return <Badge tone="danger">deleted</Badge>;
  return metadataPending ? <Badge tone="accent">pending</Badge> : <Badge>active</Badge>;
}
