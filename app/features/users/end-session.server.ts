import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "~/db/client.server";
import { users } from "~/db/schema.server";

/** Clerk's session tokens live for one minute; twice that allows for clocks that differ. */
const keptForMs = 2 * 60 * 1000;

/**
 * Adds an ended session to its user's row and drops those whose tokens have expired. Returns no row
 * if the user has none or was deleted: their tokens end within a minute.
 */
export function endSession(
  db: Database,
  { clerkUserId, sessionId }: { clerkUserId: string; sessionId: string },
  now: number,
) {
  const others = sql`select value from json_each(${users.endedSessions})
    where value ->> '$.until' > ${now} and value ->> '$.id' <> ${sessionId}`;
  const ended = sql`select json_object('id', ${sessionId}, 'until', ${now + keptForMs})`;
  return db
    .update(users)
    .set({
      endedSessions: sql`(select json_group_array(json(value)) from (${others} union all ${ended}))`,
      cachePending: uuidv7(),
      updatedAt: now,
    })
    .where(and(eq(users.clerkUserId, clerkUserId), isNull(users.deletedAt)))
    .returning();
}
