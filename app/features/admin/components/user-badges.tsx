import type { Role } from "~/db/enums";
import { Label } from "~/ui/badge";

export function RoleLabel({ role }: { role: Role }) {
  return <Label tone={role === "admin" ? "strong" : "plain"}>{role}</Label>;
}

interface State {
  deletedAt: number | null;
  metadataPending: boolean;
}

/** Deleted, or waiting for a push to Clerk, or neither. */
export function StateLabel({ deletedAt, metadataPending }: State) {
  if (deletedAt !== null) return <Label tone="bad">deleted</Label>;
  return metadataPending ? <Label tone="strong">pending</Label> : <Label>active</Label>;
}
