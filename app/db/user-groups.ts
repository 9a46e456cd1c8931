/** Role and state as one number, so that one index per sort order serves every filter. */
export const userGroup = "((deleted_at is not null) * 4 + metadata_pending * 2 + (role = 'admin'))";

/** SQL: the same rule as `isActive` in `app/access`. `table` is the name or alias of `users`. */
export function activeUser(table: string): string {
  return `(${table}.deleted_at is null and ${table}.banned_at is null)`;
}

/** SQL: the admins who may act. They are few, and an index finds them. */
export const isActiveAdmin = `${userGroup} in (1, 3) and ${activeUser("users")}`;

/** A query for `lacksAdmin`: 1 if there are users, or there was an admin, but none may act. */
export const lacksAdminQuery = `select exists (select 1 from users where ${userGroup} in (0, 1, 2, 3, 5, 7))
  and not exists (select 1 from users where ${isActiveAdmin}) as lacksAdmin`;
