import type { ClerkUsers } from "~/clerk/users-api.server";
import { runQuery } from "~/db/client.server";
import { ClerkUnavailableError } from "~/errors";
import { errorFields } from "~/log/log.server";
import {
  assertNotAnother,
  assertOurs,
  assertStoredInstance,
  checkInstance,
  type InstanceCheck,
} from "./clerk-instance.server";
import { deleteUser, insertUser } from "./sync-user.server";
import type { User } from "./user";
import { type UserStore, writeCachedUser } from "./user-cache.server";
import { findUserByClerkId, findUsersWithPendingMetadata, updateUser } from "./user-queries.server";

export type MetadataSync = UserStore & { clerkUsers: ClerkUsers };

const drainLimit = 50;
/** Used if Clerk sends no `Retry-After`. Clerk allows 10 changes per user in 10 s. */
const retryDelayMs = 60_000;

/**
 * Makes `publicMetadata { dbId, role }` match the row, and the row match what Clerk says. Skips
 * equal values, since each write triggers `user.updated`. Soft-deletes users missing in Clerk.
 * @throws {ServiceUnavailableError} if Clerk or D1 fails, or the secret key belongs to another
 * instance; the row stays pending. `instance` is a check by the caller.
 */
export async function syncClerkUserMetadata(
  context: MetadataSync,
  user: User,
  instance?: InstanceCheck,
): Promise<void> {
  const { id, role, clerkUserId } = user;
  const readAt = Date.now();
  const found = await context.clerkUsers.find(clerkUserId);
  const isInSync = found?.metadata.dbId === id && found.metadata.role === role;
  if (found && !isInSync && !instance) await assertStoredInstance(context);
  const state =
    !found || isInSync
      ? found
      : await context.clerkUsers.writeMetadata(clerkUserId, { dbId: id, role });
  if (!state) {
    assertOurs(instance ?? (await checkInstance(context)));
    await deleteUser(context, clerkUserId, Date.now());
    return;
  }
  const written = await insertUser(context, state, readAt);
  // Nothing to write means that the caller had an outdated copy.
  const row = written ?? (await findUserByClerkId(context.db, clerkUserId));
  if (row && !written) await writeCachedUser(context, row);
}

/** Runs after the response; failures are logged and retried later. */
export function syncClerkUserMetadataInBackground(context: MetadataSync, user: User): void {
  const isDue = user.metadataRetryAt === null || user.metadataRetryAt <= Date.now();
  if (user.metadataPending && isDue && user.deletedAt === null) {
    context.waitUntil(pushOrScheduleRetry(context, user));
  }
}

/** Pushes a limited number; stops at Clerk's rate limit. @throws {ServiceUnavailableError} */
export async function drainMetadataOutbox(context: MetadataSync): Promise<void> {
  const pending = await findUsersWithPendingMetadata(context.db, Date.now(), drainLimit);
  if (pending.length === 0) return;
  const instance = await checkInstance(context);
  assertNotAnother(instance);
  for (const user of pending) {
    const retryAfterMs = await pushOrScheduleRetry(context, user, instance);
    if (retryAfterMs !== undefined) return;
  }
}

/** Never throws. Returns Clerk's `Retry-After` in milliseconds, if any. */
async function pushOrScheduleRetry(
  context: MetadataSync,
  user: User,
  instance?: InstanceCheck,
): Promise<number | undefined> {
  try {
    await syncClerkUserMetadata(context, user, instance);
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
