import { and, eq, isNull, or, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import type { User } from "./user";

/** Compare-and-set on the role; returns no row if the role changed or the user was deleted. */
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

/** Includes tombstones. */
export async function findUserByClerkId(db: Database, clerkUserId: string): Promise<User | null> {
  const row = await runQuery(
    db.select().from(users).where(eq(users.clerkUserId, clerkUserId)).get(),
  );
  return row ?? null;
}

/** Users whose metadata push is due. */
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
