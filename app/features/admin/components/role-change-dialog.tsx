import type { Role } from "~/db/enums";
import type { RoleChange } from "~/features/users/change-role.server";
import type { User } from "~/features/users/user";
import type { RateLimited } from "~/http/rate-limited";
import { DateTime } from "~/ui/date-time";
import { CloseLink, Modal } from "~/ui/modal";
import { rateLimitMessage } from "~/ui/rate-limit-notice";
import { commandLineActor } from "../audit-entry";
import type { UserActionFailure } from "../user-actions.server";
import { RoleForm } from "./role-form";

export const roleDialogTriggerId = "change-role";

interface RoleChangeDialogProps {
  user: User;
  latest: RoleChange | null;
  viewerId: string;
  outcome: UserActionFailure | RateLimited | null;
}

/** Asks for confirmation and a reason; after a failed attempt, shows why it failed. */
export function RoleChangeDialog({ user, latest, viewerId, outcome }: RoleChangeDialogProps) {
  const back = `/admin/users/${user.id}`;
  if (outcome && isFinal(outcome)) {
    return (
      <Modal
        key="failed"
        title="The role was not changed"
        back={back}
        triggerId={roleDialogTriggerId}
      >
        <div role="alert" className="mt-4 grid gap-3">
          <RoleChangeFailure outcome={outcome} />
        </div>
        <p className="mt-6 flex justify-end">
          <CloseLink back={back}>Close</CloseLink>
        </p>
      </Modal>
    );
  }
  const to: Role = user.role === "admin" ? "user" : "admin";
  const invalid = outcome?.kind === "invalid" ? outcome : null;
  const limited = outcome?.kind === "rate-limited" ? outcome.lastResult.initialValue : null;
  return (
    <Modal key="confirm" title={titleOf(user, to)} back={back} triggerId={roleDialogTriggerId}>
      <p className="mt-3 text-muted">{consequenceOf(to, user.id === viewerId)}</p>
      <RoleForm
        to={to}
        expected={{ role: user.role, changeId: latest?.id ?? null }}
        reason={invalid?.reason ?? limited?.reason ?? ""}
        error={limited ? rateLimitMessage : (invalid?.reasonError ?? null)}
        outcome={outcome}
        back={back}
      />
    </Modal>
  );
}

const titleOf = ({ name }: User, to: Role) =>
  to === "admin" ? `Make ${name} an admin?` : `Remove ${name} as an admin?`;

function consequenceOf(to: Role, isViewer: boolean): string {
  if (to === "admin") return "They get admin access immediately.";
  if (isViewer) return "This is you: you lose admin access immediately.";
  return "They lose admin access immediately.";
}

type RoleChangeFailureReason = Exclude<
  UserActionFailure,
  { kind: "invalid" } | { kind: "clerk-unavailable" }
>;

/** Others can be submitted again. */
const isFinal = (outcome: UserActionFailure | RateLimited): outcome is RoleChangeFailureReason =>
  !["invalid", "clerk-unavailable", "rate-limited"].includes(outcome.kind);

function RoleChangeFailure({ outcome }: { outcome: RoleChangeFailureReason }) {
  if (outcome.kind === "deleted") return <p>This user has been deleted in the meantime.</p>;
  if (outcome.kind === "last-admin") {
    return <p>{outcome.user.name} is the last admin. Make someone else an admin first.</p>;
  }
  const { user, expected, latest } = outcome;
  return (
    <>
      <p>Someone else changed the role while this dialog was open.</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="text-muted">You saw</dt>
        <dd>{expected.role}</dd>
        <dt className="text-muted">Current role</dt>
        <dd>
          {user.role}
          {latest && (
            <span className="block text-sm text-muted">
              changed by {latest.changedByName ?? commandLineActor},{" "}
              <DateTime at={latest.createdAt} />: “{latest.reason}”
            </span>
          )}
        </dd>
      </dl>
    </>
  );
}
