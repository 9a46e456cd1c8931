import { isNull, type Placeholder, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "../../db/client.server";
import { knownStatement } from "../../db/known-statement.server";
import { users } from "../../db/schema.server";
import type { Role, User, UserChange, UserState } from "./user";

const always = sql`true`;
const excluded = (column: string) => sql.raw(`excluded.${column}`);
/** A field of the state in hand, `s`, one of the JSON array that the statement is given. */
const stated = (path: string) => sql.raw(`s.value ->> '$.${path}'`);

/** Whether the state in hand says of `publicMetadata` anything but what the row, `u`, says. */
export const metadataDiffers = sql`(u.id is null or ${stated("metadata.dbId")} is not u.id or ${stated("metadata.role")} is not u.role)`;

/** Whether the state in hand differs from the row `u` in what we keep of it. */
export const profileDiffers = sql`(u.email is not ${stated("email")} or u.name is not ${stated("name")}
  or u.image_url is not ${stated("imageUrl")} or u.clerk_updated_at is not ${stated("clerkUpdatedAt")})`;

/** The states of a page beside their rows: `s` and `u`. One parameter, however many they are (D1 takes 100). */
export const statesBesideRows = (states: readonly UserState[]) =>
  besideRows(JSON.stringify(states));

const besideRows = (states: string | Placeholder) =>
  sql`json_each(${states}) s left join ${users} u on u.clerk_user_id = ${stated("clerkUserId")}`;

/** Whether Clerk's revision in hand may be written over the row `u`: it is not older, and the row is no tombstone. */
export const mayOverwrite = sql`(u.deleted_at is null and u.clerk_updated_at <= ${stated("clerkUpdatedAt")})`;

/**
 * The one statement that writes what Clerk states, for one person or a page of them: it inserts, or updates what differs,
 * unless the row is newer or a tombstone. `id` and `role` of a row never change here; a new row takes over a valid role from
 * Clerk's metadata. Returns the rows it wrote (docs/decisions/0005-user-sync.md).
 */
export function upsertUsers(
  db: Database,
  states: readonly UserState[],
  now: number,
  onlyIf: SQL = always,
) {
  return upsert(db, withIds(states), now, onlyIf);
}

const withIds = (people: readonly object[]) =>
  JSON.stringify(people.map((person) => ({ ...person, id: uuidv7() })));

function upsert(
  db: Database,
  states: string | Placeholder,
  now: number | Placeholder,
  onlyIf: SQL,
) {
  const profile = ["email", "name", "image_url", "clerk_updated_at", "metadata_pending"] as const;
  const differs = profile.map(
    (column) => sql`${users}.${sql.raw(column)} is not ${excluded(column)}`,
  );
  return db
    .insert(users)
    .select(
      sql`select ${stated("id")}, ${stated("clerkUserId")}, ${stated("email")}, ${stated("name")}, ${stated("imageUrl")},
        coalesce(${stated("metadata.role")}, 'user'), ${stated("clerkUpdatedAt")}, ${metadataDiffers},
        ${now}, ${now}, null, null
      from ${besideRows(states)} where ${onlyIf}`,
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

/**
 * Leaves redacted tombstones, with or without rows before them. Returns each tombstone the first time, nothing after.
 */
export function buryUsers(
  db: Database,
  clerkUserIds: readonly string[],
  now: number,
  onlyIf: SQL = always,
) {
  const people = withIds(clerkUserIds.map((clerkUserId) => ({ clerkUserId })));
  return bury(db, people, now, onlyIf);
}

function bury(db: Database, people: string | Placeholder, now: number | Placeholder, onlyIf: SQL) {
  return db
    .insert(users)
    .select(
      sql`select ${stated("id")}, ${stated("clerkUserId")}, null, 'Deleted user', null, 'user', 0, false, ${now}, ${now}, ${now}, null
      from json_each(${people}) s where ${onlyIf}`,
    )
    .onConflictDoUpdate({
      target: users.clerkUserId,
      set: {
        email: null,
        imageUrl: null,
        name: excluded("name"),
        metadataPending: false,
        updatedAt: sql`${now}`,
        deletedAt: sql`${now}`,
      },
      setWhere: isNull(users.deletedAt),
    })
    .returning();
}

const given = [sql.placeholder("people"), sql.placeholder("now"), always] as const;
const upsertStatement = knownStatement<"people" | "now">((db) => upsert(db, ...given));
const buryStatement = knownStatement<"people" | "now">((db) => bury(db, ...given));

/** `upsertUsers` or `buryUsers` for what a webhook says of one person, its SQL known. */
export function changeUser(db: Database, change: UserChange, now: number): D1PreparedStatement {
  return change.kind === "state"
    ? upsertStatement(db, { people: withIds([change.state]), now })
    : buryStatement(db, { people: withIds([{ clerkUserId: change.clerkUserId }]), now });
}

/** A person's row under the names of its columns, as D1 returns it from a known statement. */
export interface UserRow {
  id: string;
  clerk_user_id: string;
  email: string | null;
  name: string;
  image_url: string | null;
  role: Role;
  clerk_updated_at: number;
  metadata_pending: 0 | 1;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
  metadata_retry_at: number | null;
}

export const userOfRow = (row: UserRow): User => ({
  id: row.id,
  clerkUserId: row.clerk_user_id,
  email: row.email,
  name: row.name,
  imageUrl: row.image_url,
  role: row.role,
  clerkUpdatedAt: row.clerk_updated_at,
  metadataPending: row.metadata_pending === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  deletedAt: row.deleted_at,
  metadataRetryAt: row.metadata_retry_at,
});
