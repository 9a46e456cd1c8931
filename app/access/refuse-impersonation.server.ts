import { ImpersonationError } from "~/errors";

/** Orders, refunds and roles are up to the user alone. @throws {ImpersonationError} */
export function refuseImpersonation({
  session,
}: {
  session: { actorId: string | null } | null;
}): void {
  if (session?.actorId != null) throw new ImpersonationError("Not allowed to an impersonator");
}
