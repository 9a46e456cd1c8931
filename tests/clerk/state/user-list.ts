import type { SQLInputValue } from "node:sqlite";
import type { Database } from "./database.ts";
import { normalizeEmail, type User, users } from "./users.ts";

export const sortableColumns = [
  "created_at",
  "updated_at",
  "email_address",
  "first_name",
  "last_name",
  "username",
  "last_active_at",
  "last_sign_in_at",
] as const;

export type UserFilter = {
  /** Any of these addresses. */
  emailAddresses?: string[] | undefined;
  userIds?: string[] | undefined;
  usernames?: string[] | undefined;
  externalIds?: string[] | undefined;
  /** Part of an id, name, user name or e-mail address, in any case. */
  query?: string | undefined;
  createdBefore?: number | undefined;
  createdAfter?: number | undefined;
  lastActiveSince?: number | undefined;
  lastSignInBefore?: number | undefined;
  lastSignInAfter?: number | undefined;
};

export type UserPage = {
  orderBy: (typeof sortableColumns)[number];
  descending: boolean;
  limit: number;
  offset: number;
};

/** One page of users. The id breaks ties, so pages neither repeat nor skip a user. */
export function listUsers(db: Database, filter: UserFilter, page: UserPage): User[] {
  const { where, values } = condition(filter);
  const direction = page.descending ? "DESC" : "ASC";
  const tail = `${where} ORDER BY ${page.orderBy} ${direction}, id ${direction} LIMIT ? OFFSET ?`;
  return users.select(db, tail, ...values, page.limit, page.offset);
}

export function countUsers(db: Database, filter: UserFilter): number {
  const { where, values } = condition(filter);
  return users.count(db, where, ...values);
}

const anyOf = "IN (SELECT value FROM json_each(?))";

function condition(filter: UserFilter): { where: string; values: SQLInputValue[] } {
  const addresses = filter.emailAddresses?.map(normalizeEmail);
  const parts: [sql: string, value: SQLInputValue | undefined][] = [
    [`id IN (SELECT user_id FROM email_addresses WHERE address ${anyOf})`, list(addresses)],
    [`id ${anyOf}`, list(filter.userIds)],
    [`username ${anyOf}`, list(filter.usernames)],
    [`json_extract(document, '$.externalId') ${anyOf}`, list(filter.externalIds)],
    ["instr(search, ?) > 0", filter.query?.trim().toLowerCase()],
    ["created_at < ?", filter.createdBefore],
    ["created_at > ?", filter.createdAfter],
    ["last_active_at >= ?", filter.lastActiveSince],
    ["last_sign_in_at < ?", filter.lastSignInBefore],
    ["last_sign_in_at > ?", filter.lastSignInAfter],
  ];
  const sql: string[] = [];
  const values: SQLInputValue[] = [];
  for (const [part, value] of parts) {
    if (value === undefined) continue;
    sql.push(part);
    values.push(value);
  }
  return { where: sql.length === 0 ? "" : `WHERE ${sql.join(" AND ")}`, values };
}

function list(values: string[] | undefined): string | undefined {
  return values === undefined || values.length === 0 ? undefined : JSON.stringify(values);
}
