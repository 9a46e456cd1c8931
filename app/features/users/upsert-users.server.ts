import { type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { UserState } from "~/clerk/user-state.server";
import type { Database } from "~/db/client.server";
import { users } from "~/db/schema.server";

export const alwaysTrue = sql`true`;
export const excluded = (column: string) => sql.raw(`excluded.${column}`);
/** A field of `s`, one element of the JSON array of states. */
export const stateField = (path: string) => sql.raw(`s.value ->> '$.${path}'`);

/** Compares Clerk's state `s` with the row `u`. */
export const metadataDiffers = sql`(u.id is null or ${stateField("metadata.dbId")} is not u.id or ${stateField("metadata.role")} is not u.role)`;

export const profileDiffers = sql`(u.email is not ${stateField("email")} or u.name is not ${stateField("name")}
  or u.image_url is not ${stateField("imageUrl")} or u.clerk_updated_at is not ${stateField("clerkUpdatedAt")})`;

/** Clerk's states (`s`) and their rows (`u`). One parameter for all, since D1 allows 100. */
export const statesWithUsers = (states: readonly UserState[]) =>
  sql`json_each(${JSON.stringify(states)}) s left join ${users} u on u.clerk_user_id = ${stateField("clerkUserId")}`;

/** False if the row is newer or a tombstone. */
export const canOverwrite = sql`(u.deleted_at is null and u.clerk_updated_at <= ${stateField("clerkUpdatedAt")})`;

/**
 * Inserts or updates users unless the row is newer or a tombstone. Never changes `id` or `role`; a
 * new row takes a valid role from Clerk's metadata. Returns the written rows.
 */
export function upsertUsers(
  db: Database,
  states: readonly UserState[],
  now: number,
  condition: SQL = alwaysTrue,
) {
  const profile = ["email", "name", "image_url", "clerk_updated_at", "metadata_pending"] as const;
  const differs = profile.map(
    (column) => sql`${users}.${sql.raw(column)} is not ${excluded(column)}`,
  );
  return db
    .insert(users)
    .select(
      sql`select ${stateField("id")}, ${stateField("clerkUserId")}, ${stateField("email")}, ${stateField("name")}, ${stateField("imageUrl")},
        coalesce(${stateField("metadata.role")}, 'user'), ${stateField("clerkUpdatedAt")}, ${metadataDiffers},
        ${now}, ${now}, null, null
      from ${statesWithUsers(withIds(states))} where ${condition}`,
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
      },
      setWhere: sql`${users}.deleted_at is null and ${users}.clerk_updated_at <= excluded.clerk_updated_at and (${sql.join(differs, sql` or `)})`,
    })
    .returning();
}

/** UUIDv7 preserves insertion order. */
export const withIds = <Item extends object>(items: readonly Item[]) =>
  items.map((item) => ({ ...item, id: uuidv7() }));
