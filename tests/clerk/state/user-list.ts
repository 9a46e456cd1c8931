import type { Database } from "../../local-service/state/database.ts";
import { filterConditions, type UserFilter, whereClause } from "./user-filter.ts";
import { type User, users } from "./users.ts";

/** The SQL of each sort order of Clerk. */
const sortExpressions = {
  created_at: "created_at",
  updated_at: "updated_at",
  email_address: "email_address",
  first_name: "first_name",
  last_name: "last_name",
  phone_number: "json_extract(document, '$.phoneNumbers[0].phoneNumber')",
  username: "username",
  last_active_at: "last_active_at",
  last_sign_in_at: "last_sign_in_at",
} as const;

export type SortField = keyof typeof sortExpressions;

export const isSortField = (name: string): name is SortField =>
  Object.hasOwn(sortExpressions, name);

export type UserPage = {
  orderBy: SortField;
  descending: boolean;
  limit: number;
  offset: number;
  /** The last user of the previous page, when sorted by `created_at`. */
  startingAfter?: string | undefined;
};

/** Breaks ties by id, so that pages neither repeat nor skip a user. */
export function listUsers(db: Database, filter: UserFilter, page: UserPage): User[] {
  const direction = page.descending ? "DESC" : "ASC";
  const compare = page.descending ? "<" : ">";
  const { where, values } = whereClause([
    ...filterConditions(filter),
    [
      `(created_at, id) ${compare} (SELECT created_at, id FROM users WHERE id = ?)`,
      page.startingAfter,
    ],
  ]);
  const order = `${sortExpressions[page.orderBy]} ${direction}, id ${direction}`;
  return users.select(
    db,
    `${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ...values,
    page.limit,
    page.offset,
  );
}

export function countUsers(db: Database, filter: UserFilter): number {
  const { where, values } = whereClause(filterConditions(filter));
  return users.count(db, where, ...values);
}
