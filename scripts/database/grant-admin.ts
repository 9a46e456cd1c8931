import { v7 as uuidv7 } from "uuid";
import * as z from "zod";
import { roles } from "../../app/db/enums.ts";
import { userGroup, userKeys } from "../../app/db/sort-keys.ts";
import { type DatabaseLocation, executeSql, quoteSql } from "./execute-sql.ts";

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  /** Whether it was this command that made them admin. */
  granted: z.int().transform(Boolean),
});
export type GrantedPerson = z.infer<typeof personSchema>;

/**
 * Makes the one live person with that e-mail address an admin, with a line in the audit and a push to Clerk pending. Where
 * there is nobody, or more than one, or they are one already, nothing is changed. Returns the live people with that address.
 * @throws with what wrangler said when D1 does not take it.
 */
export async function grantAdmin(
  location: DatabaseLocation,
  email: string,
): Promise<GrantedPerson[]> {
  return z.array(personSchema).parse(await executeSql(location, grantSql(email, uuidv7())));
}

function grantSql(email: string, changeId: string): string {
  const address = `lower(${quoteSql(email)})`;
  const people = `(select id, name, role from users where ${userGroup} in (0, 1, 2, 3)
    and ${userKeys.email} > ${address} || char(1) and ${userKeys.email} < ${address} || char(2))`;
  const granted = `exists (select 1 from role_changes where id = '${changeId}' and user_id =`;
  const now = Date.now();
  return [
    `insert into role_changes (id, changed_by, user_id, from_role, to_role, reason, created_at)
      select '${changeId}', null, id, role, 'admin', 'granted from a terminal', ${now} from ${people}
      where role = 'user' and (select count(*) from ${people}) = 1`,
    `update users set role = 'admin', metadata_pending = 1, metadata_retry_at = null, updated_at = ${now}
      where id = (select user_id from role_changes where id = '${changeId}')`,
    `select id, name, role, ${granted} people.id) as granted from ${people} people`,
  ].join("; ");
}
