import type { RoleChange } from "~/features/users/change-role.server";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";

interface UserNoticeProps {
  changed: RoleChange | null;
  synced: boolean;
  outcome: string | undefined;
}

/** The result of the last action on the page. */
export function UserNotice({ changed, synced, outcome }: UserNoticeProps) {
  if (outcome === "rate-limited") return <RateLimitNotice />;
  if (outcome === "clerk-unavailable") {
    return (
      <Notice tone="danger">
        Clerk did not answer. Pending changes are retried every two minutes.
      </Notice>
    );
  }
  if (changed) {
    return (
      <Notice key={changed.id} tone="success">
        The role is now {changed.toRole}.
      </Notice>
    );
  }
  return synced ? <Notice tone="success">Synced with Clerk.</Notice> : null;
}
