import { and, eq, isNull, or, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import type { User } from "./user";

/**
 * Changes our own columns of a row, if its role is still the one the change was decided on (compare-and-set).
 * Returns the changed row, nothing where the role has moved on or the person was deleted.
 */
export function updateUser(
  db: Database,
  expected: Pick<User, "id" | "role">,
  change: Partial<Pick<User, "role" | "metadataPending" | "metadataRetryAt">>,
  now: number,
) {
  return db
    .update(users)
    .set({ ...change, updatedAt: now })
    .where(and(eq(users.id, expected.id), eq(users.role, expected.role), isNull(users.deletedAt)))
    .returning();
}

/**
 * The row of a person, tombstones included; null where there is none.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function findUserByClerkId(db: Database, clerkUserId: string): Promise<User | null> {
  const row = await runQuery(
    db.select().from(users).where(eq(users.clerkUserId, clerkUserId)).get(),
  );
  return row ?? null;
}

/**
 * People whose projection in Clerk is not known to equal their row and may be pushed now, at most `limit` of them.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export function findUsersWithPendingMetadata(
  db: Database,
  now: number,
  limit: number,
): Promise<User[]> {
  const due = or(isNull(users.metadataRetryAt), sql`${users.metadataRetryAt} <= ${now}`);
  return runQuery(
    db
      .select()
      .from(users)
      .where(and(eq(users.metadataPending, true), due))
      .orderBy(users.metadataRetryAt)
      .limit(limit),
  );
}
