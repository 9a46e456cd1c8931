import { v7 as uuidv7 } from "uuid";
import * as z from "zod";
import { roles } from "../../app/db/enums.ts";
import { userKeys } from "../../app/db/sort-keys.ts";
import { userGroup } from "../../app/db/user-groups.ts";
import { type DatabaseLocation, executeSql, quoteSql } from "./execute-sql.ts";

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  banned: z.int().transform(Boolean),
  /** True if this command made the user an admin. */
  granted: z.int().transform(Boolean),
});
export type GrantedPerson = z.infer<typeof personSchema>;

/**
 * Makes the user with the email address an admin, adds an audit entry and marks the metadata push
 * as pending. Changes nothing unless exactly one user matches, who is neither banned nor an admin.
 * Returns all users with the address, except deleted ones.
 * @throws if D1 does not answer.
 */
export async function grantAdmin(
  location: DatabaseLocation,
  email: string,
): Promise<GrantedPerson[]> {
  return z.array(personSchema).parse(await executeSql(location, ...grantSql(email, uuidv7())));
}

function grantSql(email: string, changeId: string): string[] {
  const address = `lower(${quoteSql(email)})`;
  const people = `(select id, name, role, banned_at is not null as banned from users where ${userGroup} in (0, 1, 2, 3)
    and ${userKeys.email} > ${address} || char(1) and ${userKeys.email} < ${address} || char(2))`;
  const granted = `exists (select 1 from role_changes where id = '${changeId}' and user_id =`;
  const now = Date.now();
  return [
    `insert into role_changes (id, changed_by, user_id, from_role, to_role, reason, created_at)
      select '${changeId}', null, id, role, 'admin', 'granted from a terminal', ${now} from ${people}
      where role = 'user' and not banned and (select count(*) from ${people}) = 1`,
    `update users set role = 'admin', metadata_pending = 1, metadata_retry_at = null, updated_at = ${now}
      where id = (select user_id from role_changes where id = '${changeId}')`,
    `select id, name, role, banned, ${granted} people.id) as granted from ${people} people`,
  ];
}
