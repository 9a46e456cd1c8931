import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";

/**
 * Whether the people whom Clerk lists can be ours: some have a row, or there is no row yet. With the keys of another instance
 * nobody has one, and everybody of ours would look gone.
 * @throws {ServiceUnavailableError} when D1 does not answer.
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
