import { eq } from "drizzle-orm";
import { runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { ClerkUnavailableError } from "~/errors";
import { type MetadataSync, syncClerkUserMetadata } from "~/features/users/metadata-push.server";
import { errorFields } from "~/log/log.server";

export type SyncNowOutcome =
  | { kind: "synced" }
  | { kind: "not-found" }
  | { kind: "clerk-unavailable" };

/** Applies Clerk's current data, or soft-deletes the user, and pushes pending metadata. */
export async function syncUserNow(context: MetadataSync, id: string): Promise<SyncNowOutcome> {
  const { db, log } = context;
  const user = await runQuery(db.select().from(users).where(eq(users.id, id)).get());
  if (!user || user.deletedAt !== null) return { kind: "not-found" };
  try {
    await syncClerkUserMetadata(context, user);
    return { kind: "synced" };
  } catch (error) {
    if (!(error instanceof ClerkUnavailableError)) throw error;
    log("admin.sync_failed", { userId: id, ...errorFields(error) });
    return { kind: "clerk-unavailable" };
  }
}
