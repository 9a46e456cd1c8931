import { AccountDeletedError } from "../../errors";
import { getUser } from "./cache.server";
import { type MetadataSync, syncClerkUserMetadataLater } from "./metadata.server";
import { findUserByClerkId } from "./repository.server";
import { deleteUser, insertUser } from "./sync.server";

/**
 * Makes sure a signed-in person has a row, asking Clerk where there is none: Clerk's webhook may be late, or lost.
 * Doing it again, or at the same time as the webhook, changes nothing.
 * @throws {AccountDeletedError} when Clerk no longer knows the person, or their row is a tombstone.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer.
 */
export async function syncFirstRequest(context: MetadataSync, clerkUserId: string): Promise<void> {
  const user =
    (await getUser(context, clerkUserId)) ?? (await createFromClerk(context, clerkUserId));
  if (!user || user.deletedAt !== null) {
    throw new AccountDeletedError("The session outlived its account");
  }
  syncClerkUserMetadataLater(context, user);
}

async function createFromClerk(context: MetadataSync, clerkUserId: string) {
  const now = Date.now();
  const state = await context.clerkUsers.find(clerkUserId);
  if (!state) return deleteUser(context, clerkUserId, now);
  const inserted = await insertUser(context, state, now);
  return inserted ?? findUserByClerkId(context.db, clerkUserId);
}
