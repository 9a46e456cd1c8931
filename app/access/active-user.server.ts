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
