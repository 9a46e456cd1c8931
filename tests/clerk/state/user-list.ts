import type { SQLInputValue } from "node:sqlite";
import type { Database } from "../../local-service/state/database.ts";
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
  emailAddresses?: string[] | undefined;
  userIds?: string[] | undefined;
  usernames?: string[] | undefined;
  externalIds?: string[] | undefined;
  /** Part of an id, name, username or email address; case-insensitive. */
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

/** Breaks ties by id, so that pages neither repeat nor skip a user. */
export function listUsers(db: Database, filter: UserFilter, page: UserPage): User[] {
  const { where, values } = whereClause(filter);
  const direction = page.descending ? "DESC" : "ASC";
  const clauses = `${where} ORDER BY ${page.orderBy} ${direction}, id ${direction} LIMIT ? OFFSET ?`;
  return users.select(db, clauses, ...values, page.limit, page.offset);
}

export function countUsers(db: Database, filter: UserFilter): number {
  const { where, values } = whereClause(filter);
  return users.count(db, where, ...values);
}

const anyOf = "IN (SELECT value FROM json_each(?))";

function whereClause(filter: UserFilter): { where: string; values: SQLInputValue[] } {
  const addresses = filter.emailAddresses?.map(normalizeEmail);
  const conditions: [sql: string, value: SQLInputValue | undefined][] = [
    [`id IN (SELECT user_id FROM email_addresses WHERE address ${anyOf})`, jsonList(addresses)],
    [`id ${anyOf}`, jsonList(filter.userIds)],
    [`username ${anyOf}`, jsonList(filter.usernames)],
    [`json_extract(document, '$.externalId') ${anyOf}`, jsonList(filter.externalIds)],
    ["instr(search, ?) > 0", filter.query?.trim().toLowerCase()],
    ["created_at < ?", filter.createdBefore],
    ["created_at > ?", filter.createdAfter],
    ["last_active_at >= ?", filter.lastActiveSince],
    ["last_sign_in_at < ?", filter.lastSignInBefore],
    ["last_sign_in_at > ?", filter.lastSignInAfter],
  ];
  const sql: string[] = [];
  const values: SQLInputValue[] = [];
  for (const [condition, value] of conditions) {
    if (value === undefined) continue;
    sql.push(condition);
    values.push(value);
  }
  return { where: sql.length === 0 ? "" : `WHERE ${sql.join(" AND ")}`, values };
}

function jsonList(values: string[] | undefined): string | undefined {
  return values === undefined || values.length === 0 ? undefined : JSON.stringify(values);
}
