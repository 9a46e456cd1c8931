import { isNull, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { alwaysTrue, excluded, stateField, withIds } from "./upsert-users.server";

/**
 * Redacts users and leaves tombstones, even without a row. The rows are marked until KV is known to
 * have the tombstones. Returns each tombstone only once.
 */
export function softDeleteUsers(
  db: Database,
  clerkUserIds: readonly string[],
  now: number,
  condition: SQL = alwaysTrue,
) {
  const tombstones = JSON.stringify(withIds(clerkUserIds.map((clerkUserId) => ({ clerkUserId }))));
  return db
    .insert(users)
    .select(
      sql`select ${stateField("id")}, ${stateField("clerkUserId")}, null, 'Deleted user', null, 'user', 0, false, ${now}, ${now}, ${now}, null, false, null, false, null, ${uuidv7()}
      from json_each(${tombstones}) s where ${condition}`,
    )
    .onConflictDoUpdate({
      target: users.clerkUserId,
      set: {
        email: null,
        imageUrl: null,
        name: excluded("name"),
        metadataPending: false,
        refreshPending: false,
        bannedAt: null,
        locked: false,
        endedSessions: null,
        cachePending: excluded("cache_pending"),
        updatedAt: sql`${now}`,
        deletedAt: sql`${now}`,
      },
      setWhere: isNull(users.deletedAt),
    })
    .returning();
}
