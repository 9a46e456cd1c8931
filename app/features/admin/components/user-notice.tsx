import type { RoleChange } from "~/features/users/change-role.server";
import { Notice } from "~/ui/notice";

interface UserNoticeProps {
  changed: RoleChange | null;
  synced: boolean;
  outcome: string | undefined;
}

/** What became of the last thing that was asked for on this page. */
export function UserNotice({ changed, synced, outcome }: UserNoticeProps) {
  if (outcome === "clerk-unavailable") {
    return (
      <Notice tone="danger">
        Clerk did not answer. Nothing is lost: what is pending is tried again every two minutes.
      </Notice>
    );
  }
  if (changed) {
    return (
      <Notice key={changed.id} tone="success">
        The role is now {changed.toRole}, from the next request on.
      </Notice>
    );
  }
  return synced ? <Notice tone="success">Clerk was asked, and this is what it says.</Notice> : null;
}
