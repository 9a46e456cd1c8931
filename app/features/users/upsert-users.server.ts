import { type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { UserState } from "~/clerk/user-state.server";
import type { Database } from "~/db/client.server";
import { users } from "~/db/schema.server";

export const alwaysTrue = sql`true`;
export const excluded = (column: string) => sql.raw(`excluded.${column}`);
/** A field of the state in hand, `s`, one of the JSON array that the statement is given. */
export const stateField = (path: string) => sql.raw(`s.value ->> '$.${path}'`);

/** Whether the state in hand says of `publicMetadata` anything but what the row, `u`, says. */
export const metadataDiffers = sql`(u.id is null or ${stateField("metadata.dbId")} is not u.id or ${stateField("metadata.role")} is not u.role)`;

/** Whether the state in hand differs from the row `u` in what we keep of it. */
export const profileDiffers = sql`(u.email is not ${stateField("email")} or u.name is not ${stateField("name")}
  or u.image_url is not ${stateField("imageUrl")} or u.clerk_updated_at is not ${stateField("clerkUpdatedAt")})`;

/** The states of a page beside their rows: `s` and `u`. One parameter, however many they are (D1 takes 100). */
export const statesWithUsers = (states: readonly UserState[]) =>
  sql`json_each(${JSON.stringify(states)}) s left join ${users} u on u.clerk_user_id = ${stateField("clerkUserId")}`;

/** Whether Clerk's revision in hand may be written over the row `u`: it is not older, and the row is no tombstone. */
export const canOverwrite = sql`(u.deleted_at is null and u.clerk_updated_at <= ${stateField("clerkUpdatedAt")})`;

/**
 * The one statement that writes what Clerk states, for one person or a page of them: it inserts, or updates what differs,
 * unless the row is newer or a tombstone. `id` and `role` of a row never change here; a new row takes over a valid role from
 * Clerk's metadata. Returns the rows it wrote (docs/decisions/0005-user-sync.md).
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

/** A new row needs an id; UUIDv7 keeps the order of insertion. */
export const withIds = <Person extends object>(people: readonly Person[]) =>
  people.map((person) => ({ ...person, id: uuidv7() }));
