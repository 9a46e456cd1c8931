import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";

export const wrongInstanceError =
  "Clerk returned none of our users: does CLERK_SECRET_KEY belong to the right instance?";

/**
 * True if a listed user has a row, or D1 has no users. With another instance's keys, every user
 * would look deleted.
 */
export async function sharesUsersWithClerk(
  db: Database,
  listedIds: readonly string[],
): Promise<boolean> {
  const listedUsers = sql`(select value from json_each(${JSON.stringify(listedIds)}))`;
  const [row] = await runQuery(
    db.all<{ ours: number }>(
      sql`select exists (select 1 from ${users} where ${users.clerkUserId} in ${listedUsers})
        or not exists (select 1 from ${users} where ${users.deletedAt} is null) as ours`,
    ),
  );
  return row?.ours === 1;
}
