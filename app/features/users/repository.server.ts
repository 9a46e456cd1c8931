import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, fromDatabase } from "../../db/client.server";
import { users } from "../../db/schema.server";
import type { User, UserState } from "./user";

const deletedName = "Deleted user";
const excluded = (column: string) => sql.raw(`excluded.${column}`);

/**
 * The one statement that writes what Clerk states: inserts the row, or updates it unless it is newer or a tombstone.
 * Returns the row it wrote, nothing where it wrote none. `id` and `role` of an existing row never change here; a new row
 * takes over a valid role from Clerk's metadata (docs/decisions/0005-user-sync.md).
 */
export function insertUser(db: Database, state: UserState, now: number) {
  const { metadata, ...profile } = state;
  return db
    .insert(users)
    .values({
      ...profile,
      id: uuidv7(),
      role: metadata.role ?? "user",
      metadataPending: true,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoUpdate({
      target: users.clerkUserId,
      set: {
        email: excluded("email"),
        name: excluded("name"),
        imageUrl: excluded("image_url"),
        clerkUpdatedAt: excluded("clerk_updated_at"),
        updatedAt: excluded("updated_at"),
        metadataPending: sql`not (${metadata.dbId} is ${users.id} and ${metadata.role} is ${users.role})`,
      },
      setWhere: and(
        isNull(users.deletedAt),
        lte(users.clerkUpdatedAt, excluded("clerk_updated_at")),
      ),
    })
    .returning();
}

/**
 * Changes our own columns of a row, if its role is still the one the change was decided on (compare-and-set).
 * Returns the changed row, nothing where the role has moved on or the person was deleted.
 */
export function updateUser(
  db: Database,
  expected: Pick<User, "id" | "role">,
  change: Partial<Pick<User, "role" | "metadataPending">>,
  now: number,
) {
  return db
    .update(users)
    .set({ ...change, updatedAt: now })
    .where(and(eq(users.id, expected.id), eq(users.role, expected.role), isNull(users.deletedAt)))
    .returning();
}

/**
 * Leaves a redacted tombstone, with or without a row before it. Returns the tombstone the first time, nothing after.
 */
export function deleteUser(db: Database, clerkUserId: string, now: number) {
  const tombstone = {
    email: null,
    imageUrl: null,
    name: deletedName,
    metadataPending: false,
    updatedAt: now,
    deletedAt: now,
  };
  return db
    .insert(users)
    .values({ ...tombstone, id: uuidv7(), clerkUserId, clerkUpdatedAt: 0, createdAt: now })
    .onConflictDoUpdate({
      target: users.clerkUserId,
      set: tombstone,
      setWhere: isNull(users.deletedAt),
    })
    .returning();
}

/**
 * The row of a person, tombstones included; null where there is none.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function findUserByClerkId(db: Database, clerkUserId: string): Promise<User | null> {
  const row = await fromDatabase(
    db.select().from(users).where(eq(users.clerkUserId, clerkUserId)).get(),
  );
  return row ?? null;
}

/**
 * People whose projection in Clerk is not known to equal their row, at most `limit` of them.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export function findUsersWithPendingMetadata(db: Database, limit: number): Promise<User[]> {
  return fromDatabase(db.select().from(users).where(eq(users.metadataPending, true)).limit(limit));
}
