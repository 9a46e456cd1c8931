import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { userGroup, userKeys } from "~/db/sort-keys";

/** The ids of those with that id, or that e-mail address whatever its case (of ASCII): a subquery over indexes. */
export function selectUserIds(idOrEmail: string) {
  const address = sql`lower(${idOrEmail})`;
  return sql`(select id from ${users} where id = ${idOrEmail} union all
    select id from ${users} where ${sql.raw(userGroup)} in (0, 1, 2, 3)
      and ${sql.raw(userKeys.email)} > ${address} || char(1) and ${sql.raw(userKeys.email)} < ${address} || char(2))`;
}

const maxResults = 5;

/**
 * The live people with that id or e-mail address: nobody, one, or (up to five of) those who share an address.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export function findUsersByIdOrEmail(
  db: Database,
  idOrEmail: string,
): Promise<{ id: string; name: string }[]> {
  return runQuery(
    db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(sql`${users.id} in ${selectUserIds(idOrEmail)} and ${users.deletedAt} is null`)
      .limit(maxResults),
  );
}
