import type { AppLoadContext } from "@remix-run/cloudflare";
import { fromDatabase } from "../../db/client.server";
import { errorFields } from "../../log.server";
import { type UserStore, writeCachedUser } from "./cache.server";
import { findUsersWithPendingMetadata, updateUser } from "./repository.server";
import { applyDeletion } from "./sync.server";
import type { User } from "./user";

export type MetadataSync = UserStore & Pick<AppLoadContext, "clerkUsers">;

const drainLimit = 50;

/**
 * Makes Clerk's `publicMetadata { dbId, role }` equal to the row and marks it so. Pushes only a difference, for each push
 * raises a `user.updated`; a person whom Clerk no longer knows is buried.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer; the row stays pending.
 */
export async function syncClerkUserMetadata(context: MetadataSync, user: User): Promise<void> {
  const now = Date.now();
  const state = await context.clerkUsers.find(user.clerkUserId);
  if (!state) {
    await applyDeletion(context, user.clerkUserId, now);
    return;
  }
  const { dbId, role } = state.metadata;
  if (dbId !== user.id || role !== user.role) {
    await context.clerkUsers.writeMetadata(user.clerkUserId, { dbId: user.id, role: user.role });
  }
  const [pushed] = await fromDatabase(
    updateUser(context.db, user, { metadataPending: false }, now),
  );
  if (pushed) await writeCachedUser(context, pushed);
}

/** Pushes what is pending for one person once the answer is on its way; a failure is logged and tried again later. */
export function syncClerkUserMetadataLater(context: MetadataSync, user: User): void {
  if (user.metadataPending && user.deletedAt === null) context.waitUntil(pushLogged(context, user));
}

/**
 * Pushes what other attempts left behind, a bounded number at a time.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function drainMetadataOutbox(context: MetadataSync): Promise<void> {
  for (const user of await findUsersWithPendingMetadata(context.db, drainLimit)) {
    await pushLogged(context, user);
  }
}

async function pushLogged(context: MetadataSync, user: User): Promise<void> {
  try {
    await syncClerkUserMetadata(context, user);
    context.log("metadata.pushed", { userId: user.id });
  } catch (error) {
    context.log("metadata.push_failed", { userId: user.id, ...errorFields(error) });
  }
}
