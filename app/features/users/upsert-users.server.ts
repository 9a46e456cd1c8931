import { type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { maxSkewMs, type StateBatch } from "./state-batch.server";

export const alwaysTrue = sql`true`;
export const excluded = (column: string) => sql.raw(`excluded.${column}`);
/** A field of `s`, one element of the JSON array of states. */
export const stateField = (path: string) => sql.raw(`s.value ->> '$.${path}'`);

/** Compares Clerk's state `s` with the row `u`. */
export const metadataDiffers = sql`(u.id is null or ${stateField("metadata.dbId")} is not u.id or ${stateField("metadata.role")} is not u.role)`;

/** True if the row's revision is not one that Clerk has. */
export const revisionIsAhead = sql`(u.refresh_pending or u.clerk_updated_at > ${stateField("clerkUpdatedAt")})`;

const banDiffers = sql`((u.banned_at is not null) is not ${stateField("banned")})`;

export const profileDiffers = sql`(u.email is not ${stateField("email")} or u.name is not ${stateField("name")}
  or u.image_url is not ${stateField("imageUrl")} or u.locked is not ${stateField("locked")}
  or ${banDiffers} or ${revisionIsAhead}
  or (not ${stateField("isAhead")} and u.clerk_updated_at is not ${stateField("clerkUpdatedAt")}))`;

/** Clerk's states (`s`) and their rows (`u`). One parameter for all, since D1 allows 100. */
export const statesWithUsers = ({ states }: Pick<StateBatch, "states">) =>
  sql`json_each(${JSON.stringify(states)}) s left join ${users} u on u.clerk_user_id = ${stateField("clerkUserId")}`;

/**
 * False if the row is a tombstone or newer. What Clerk's API says replaces any revision of a row
 * that was last written before Clerk was asked and needs a refresh or lies in the future, or that
 * was not written for some time.
 */
export const canOverwrite = ({ readAt }: Pick<StateBatch, "readAt">) =>
  sql`(u.deleted_at is null and (u.clerk_updated_at <= ${stateField("clerkUpdatedAt")} or u.updated_at <=
    iif(u.refresh_pending or u.clerk_updated_at > ${readAt + maxSkewMs}, ${readAt}, ${readAt - maxSkewMs})))`;

/** Skips tombstones, newer and equal rows. Only a new row takes the role from Clerk's metadata. */
export function upsertUsers(
  db: Database,
  batch: StateBatch,
  now: number,
  condition: SQL = alwaysTrue,
) {
  const refreshPending = sql`(${stateField("needsRefresh")} or coalesce(u.refresh_pending and u.updated_at > ${batch.readAt}, false))`;
  const metadataPending = sql`(${metadataDiffers} or ${refreshPending})`;
  const bannedAt = sql`iif(${stateField("banned")}, coalesce(u.banned_at, ${now}), null)`;
  const cachePending = sql`iif(u.id is not null and ${banDiffers}, ${uuidv7()}, u.cache_pending)`;
  const differs = sql`(${profileDiffers} or u.metadata_pending is not ${metadataPending})`;
  return db
    .insert(users)
    .select(
      sql`select ${stateField("id")}, ${stateField("clerkUserId")}, ${stateField("email")}, ${stateField("name")}, ${stateField("imageUrl")},
        coalesce(${stateField("metadata.role")}, 'user'), ${stateField("clerkUpdatedAt")}, ${metadataPending},
        ${now}, ${now}, null, null, ${refreshPending},
        ${bannedAt}, ${stateField("locked")}, null, ${cachePending}
      from ${statesWithUsers({ states: withIds(batch.states) })}
      where (u.id is null or (${canOverwrite(batch)} and ${differs})) and ${condition}`,
    )
    .onConflictDoUpdate({
      target: users.clerkUserId,
      set: {
        email: excluded("email"),
        name: excluded("name"),
        imageUrl: excluded("image_url"),
        clerkUpdatedAt: excluded("clerk_updated_at"),
        metadataPending: excluded("metadata_pending"),
        updatedAt: excluded("updated_at"),
        refreshPending: excluded("refresh_pending"),
        bannedAt: excluded("banned_at"),
        locked: excluded("locked"),
        cachePending: excluded("cache_pending"),
      },
    })
    .returning();
}

/** UUIDv7 preserves insertion order. */
export const withIds = <Item extends object>(items: readonly Item[]) =>
  items.map((item) => ({ ...item, id: uuidv7() }));
