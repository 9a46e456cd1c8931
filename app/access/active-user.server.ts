import type { EndedSession } from "~/db/enums";
import { AccountBannedError, AccountDeletedError } from "~/errors";

interface AccountState {
  deletedAt: number | null;
  bannedAt: number | null;
}

/** Only active users may act; the same rule as `activeUser` in `app/db/user-groups.ts`. */
export function isActive({ deletedAt, bannedAt }: AccountState): boolean {
  return deletedAt === null && bannedAt === null;
}

/** @throws {AccountDeletedError | AccountBannedError} */
export function assertActive({ deletedAt, bannedAt }: AccountState): void {
  if (deletedAt !== null) throw new AccountDeletedError("The session outlived its account");
  if (bannedAt !== null) throw new AccountBannedError("The session belongs to a banned user");
}

/** True if Clerk ended the session, although its token is still valid. */
export function hasEnded(
  { sessionId }: { sessionId: string },
  { endedSessions }: { endedSessions: readonly EndedSession[] | null },
): boolean {
  return endedSessions?.some(({ id }) => id === sessionId) ?? false;
}
