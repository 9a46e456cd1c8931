import { isNull, type SQL, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { userKeys } from "~/db/sort-keys";
import { userGroup } from "~/db/user-groups";

/** A subquery of user ids; email addresses match case-insensitively (ASCII). */
export function selectUserIds(idOrEmail: string | SQL) {
  const address = sql`lower(${idOrEmail})`;
  return sql`(select id from ${users} where id = ${idOrEmail} union all
    select id from ${users} where ${sql.raw(userGroup)} in (0, 1, 2, 3)
      and ${sql.raw(userKeys.email)} > ${address} || char(1) and ${sql.raw(userKeys.email)} < ${address} || char(2))`;
}

export interface FoundUser {
  /** The ID or email address that was searched for. */
  who: string;
  id: string;
  name: string;
  bannedAt: number | null;
}

const maxResults = 500;

/** Excludes deleted users; several users can share an email address. */
export function findUsersByIdsOrEmails(
  db: Database,
  idsOrEmails: readonly string[],
): Promise<FoundUser[]> {
  const searched = sql`json_each(${JSON.stringify(idsOrEmails)}) searched`;
  return runQuery(
    db
      .select({
        who: sql<string>`searched.value`.as("who"),
        id: users.id,
        name: users.name,
        bannedAt: users.bannedAt,
      })
      .from(searched)
      .innerJoin(users, sql`${users.id} in ${selectUserIds(sql`searched.value`)}`)
      .where(isNull(users.deletedAt))
      .limit(maxResults),
  );
}
