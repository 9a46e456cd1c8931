import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { userKeys } from "~/db/sort-keys";
import { userGroup } from "~/db/user-groups";

/** A subquery of user ids; email addresses match case-insensitively (ASCII). */
export function selectUserIds(idOrEmail: string) {
  const address = sql`lower(${idOrEmail})`;
  return sql`(select id from ${users} where id = ${idOrEmail} union all
    select id from ${users} where ${sql.raw(userGroup)} in (0, 1, 2, 3)
      and ${sql.raw(userKeys.email)} > ${address} || char(1) and ${sql.raw(userKeys.email)} < ${address} || char(2))`;
}

const maxResults = 5;

/** Excludes deleted users; several users can share an email address. */
export function findUsersByIdOrEmail(
  db: Database,
  idOrEmail: string,
): Promise<{ id: string; name: string; bannedAt: number | null }[]> {
  return runQuery(
    db
      .select({ id: users.id, name: users.name, bannedAt: users.bannedAt })
      .from(users)
      .where(sql`${users.id} in ${selectUserIds(idOrEmail)} and ${users.deletedAt} is null`)
      .limit(maxResults),
  );
}
