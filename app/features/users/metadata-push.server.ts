import type { ClerkUsers } from "~/clerk/users-api.server";
import { runQuery } from "~/db/client.server";
import { ClerkUnavailableError } from "~/errors";
import { errorFields } from "~/log/log.server";
import { sharesUsersWithClerk } from "./clerk-instance-check.server";
import { deleteUser, insertUser } from "./sync-user.server";
import type { User } from "./user";
import { type UserStore, writeCachedUser } from "./user-cache.server";
import { findUserByClerkId, findUsersWithPendingMetadata, updateUser } from "./user-queries.server";

export type MetadataSync = UserStore & { clerkUsers: ClerkUsers };

const drainLimit = 50;
/** After a failure with no word from Clerk: one minute. Clerk takes 10 changes in 10 s of one user. */
const retryDelayMs = 60_000;

/**
 * Makes Clerk's `publicMetadata { dbId, role }` equal to the row. Pushes only a difference, for each push raises a
 * `user.updated`; then applies what Clerk says the state is now, which settles whether anything is still pending.
 * A person whom Clerk no longer knows is buried, if it is our Clerk that says so.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer; the row stays pending.
 */
export async function syncClerkUserMetadata(context: MetadataSync, user: User): Promise<void> {
  const { id, role, clerkUserId } = user;
  const found = await context.clerkUsers.find(clerkUserId);
  const isInSync = found?.metadata.dbId === id && found.metadata.role === role;
  const state =
    !found || isInSync
      ? found
      : await context.clerkUsers.writeMetadata(clerkUserId, { dbId: id, role });
  if (!state) return softDeleteIfMissing(context, clerkUserId);
  const written = await insertUser(context, state, Date.now());
  // The row says so already: then what brought us here was an old copy of it.
  const row = written ?? (await findUserByClerkId(context.db, clerkUserId));
  if (row && !written) await writeCachedUser(context, row);
}

async function softDeleteIfMissing(context: MetadataSync, clerkUserId: string): Promise<void> {
  const { ids } = await context.clerkUsers.list(0);
  if (!(await sharesUsersWithClerk(context.db, ids))) {
    throw new ClerkUnavailableError(
      "Clerk lists nobody of ours: is CLERK_SECRET_KEY of the right instance?",
    );
  }
  await deleteUser(context, clerkUserId, Date.now());
}

/** Pushes what is pending for one person once the answer is on its way; a failure is logged and tried again later. */
export function syncClerkUserMetadataInBackground(context: MetadataSync, user: User): void {
  const isDue = user.metadataRetryAt === null || user.metadataRetryAt <= Date.now();
  if (user.metadataPending && isDue && user.deletedAt === null) {
    context.waitUntil(pushOrPostpone(context, user));
  }
}

/**
 * Pushes what other attempts left behind, a bounded number at a time. Stops where Clerk asks for patience.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function drainMetadataOutbox(context: MetadataSync): Promise<void> {
  for (const user of await findUsersWithPendingMetadata(context.db, Date.now(), drainLimit)) {
    const retryAfterMs = await pushOrPostpone(context, user);
    if (retryAfterMs !== undefined) return;
  }
}

/** Never throws. What Clerk asks us to wait, in milliseconds, where it does. */
async function pushOrPostpone(context: MetadataSync, user: User): Promise<number | undefined> {
  try {
    await syncClerkUserMetadata(context, user);
    context.log("metadata.pushed", { userId: user.id });
    return undefined;
  } catch (error) {
    context.log("metadata.push_failed", { userId: user.id, ...errorFields(error) });
    const retryAfterMs = error instanceof ClerkUnavailableError ? error.retryAfterMs : undefined;
    await scheduleRetry(context, user, Date.now() + (retryAfterMs ?? retryDelayMs));
    return retryAfterMs;
  }
}

async function scheduleRetry(
  context: MetadataSync,
  user: User,
  metadataRetryAt: number,
): Promise<void> {
  try {
    const [row] = await runQuery(updateUser(context.db, user, { metadataRetryAt }, Date.now()));
    if (row) await writeCachedUser(context, row);
  } catch (error) {
    context.log("metadata.postpone_failed", { userId: user.id, ...errorFields(error) });
  }
}
