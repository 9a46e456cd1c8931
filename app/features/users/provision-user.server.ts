import { AccountDeletedError } from "~/errors";
import type { MetadataSync } from "./metadata-push.server";
import { deleteUser, insertUser } from "./sync-user.server";
import type { User } from "./user";
import { findUserByClerkId } from "./user-queries.server";

/**
 * The row of a signed-in person who had none, made from what Clerk says: Clerk's webhook may be late, or lost. Doing it again,
 * or at the same time as the webhook, changes nothing. Somebody whom Clerk no longer knows is buried.
 * @throws {AccountDeletedError} when Clerk no longer knows the person.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer.
 */
export async function provisionUser(context: MetadataSync, clerkUserId: string): Promise<User> {
  const now = Date.now();
  const state = await context.clerkUsers.find(clerkUserId);
  const user = state
    ? ((await insertUser(context, state, now)) ??
      (await findUserByClerkId(context.db, clerkUserId)))
    : await deleteUser(context, clerkUserId, now);
  if (!user) throw new AccountDeletedError("The session outlived its account");
  return user;
}
