import { sql } from "drizzle-orm";
import { type Database, fromDatabase } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { userGroup, userKeys } from "~/db/sort-keys";

/** The ids of those with that id, or that e-mail address whatever its case (of ASCII): a subquery over indexes. */
export function selectPeopleIds(who: string) {
  const address = sql`lower(${who})`;
  return sql`(select id from ${users} where id = ${who} union all
    select id from ${users} where ${sql.raw(userGroup)} in (0, 1, 2, 3)
      and ${sql.raw(userKeys.email)} > ${address} || char(1) and ${sql.raw(userKeys.email)} < ${address} || char(2))`;
}

const most = 5;

/**
 * The live people with that id or e-mail address: nobody, one, or (up to five of) those who share an address.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export function findPeople(db: Database, who: string): Promise<{ id: string; name: string }[]> {
  return fromDatabase(
    db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(sql`${users.id} in ${selectPeopleIds(who)} and ${users.deletedAt} is null`)
      .limit(most),
  );
}
