import { AccountDeletedError } from "~/errors";
import { assertNotAnother, checkInstance } from "./clerk-instance.server";
import type { MetadataSync } from "./metadata-push.server";
import { deleteUser, insertUser } from "./sync-user.server";
import type { User } from "./user";
import { findUserByClerkId } from "./user-queries.server";

/**
 * Creates a signed-in user's row from Clerk, in case the webhook is late or lost. Idempotent.
 * @throws {AccountDeletedError} if Clerk no longer has the user.
 * @throws {ServiceUnavailableError} if Clerk or D1 fails, or the instance is another one.
 */
export async function provisionUser(context: MetadataSync, clerkUserId: string): Promise<User> {
  const now = Date.now();
  const state = await context.clerkUsers.find(clerkUserId);
  if (!state) assertNotAnother(await checkInstance(context));
  const user = state
    ? ((await insertUser(context, state, now)) ??
      (await findUserByClerkId(context.db, clerkUserId)))
    : await deleteUser(context, clerkUserId, now);
  if (!user) throw new AccountDeletedError("The session outlived its account");
  return user;
}
