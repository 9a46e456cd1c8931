import type { SQLInputValue } from "node:sqlite";
import { normalizeEmail } from "./users.ts";

/** Ids with a leading `-` are excluded, all others included. */
type IdFilter = string[];

export type UserFilter = {
  emailAddresses?: string[] | undefined;
  phoneNumbers?: string[] | undefined;
  userIds?: IdFilter | undefined;
  usernames?: string[] | undefined;
  externalIds?: IdFilter | undefined;
  /** Part of an id, name, username, email address or phone number; case-insensitive. */
  query?: string | undefined;
  emailAddressQuery?: string | undefined;
  phoneNumberQuery?: string | undefined;
  usernameQuery?: string | undefined;
  nameQuery?: string | undefined;
  banned?: boolean | undefined;
  createdBefore?: number | undefined;
  createdAfter?: number | undefined;
  lastActiveBefore?: number | undefined;
  lastActiveAfter?: number | undefined;
  lastActiveSince?: number | undefined;
  lastSignInBefore?: number | undefined;
  lastSignInAfter?: number | undefined;
};

type Condition = [sql: string, value: SQLInputValue | undefined];

const anyOf = "IN (SELECT value FROM json_each(?))";
const anyPhoneNumber = (condition: string) =>
  `EXISTS (SELECT 1 FROM json_each(document, '$.phoneNumbers')
    WHERE ${condition.replace("number", "json_extract(value, '$.phoneNumber')")})`;
const contains = (text: string) => `instr(lower(${text}), ?) > 0`;
const externalId = "json_extract(document, '$.externalId')";

export function filterConditions(filter: UserFilter): Condition[] {
  return [
    [
      `id IN (SELECT user_id FROM email_addresses WHERE address ${anyOf})`,
      jsonList(filter.emailAddresses?.map(normalizeEmail)),
    ],
    [anyPhoneNumber(`number ${anyOf}`), jsonList(filter.phoneNumbers)],
    ...idConditions("id", filter.userIds),
    [`username ${anyOf}`, jsonList(filter.usernames)],
    ...idConditions(externalId, filter.externalIds),
    ["instr(search, ?) > 0", part(filter.query)],
    [
      `id IN (SELECT user_id FROM email_addresses WHERE ${contains("address")})`,
      part(filter.emailAddressQuery),
    ],
    [anyPhoneNumber(contains("number")), part(filter.phoneNumberQuery)],
    [contains("username"), part(filter.usernameQuery)],
    [contains("concat_ws(' ', first_name, last_name)"), part(filter.nameQuery)],
    ["json_extract(document, '$.banned') = ?", asInteger(filter.banned)],
    ["created_at < ?", filter.createdBefore],
    ["created_at > ?", filter.createdAfter],
    ["last_active_at < ?", filter.lastActiveBefore],
    ["last_active_at > ?", filter.lastActiveAfter],
    ["last_active_at >= ?", filter.lastActiveSince],
    ["last_sign_in_at < ?", filter.lastSignInBefore],
    ["last_sign_in_at > ?", filter.lastSignInAfter],
  ];
}

export function whereClause(all: Condition[]): { where: string; values: SQLInputValue[] } {
  const sql: string[] = [];
  const values: SQLInputValue[] = [];
  for (const [condition, value] of all) {
    if (value === undefined) continue;
    sql.push(condition);
    values.push(value);
  }
  return { where: sql.length === 0 ? "" : `WHERE ${sql.join(" AND ")}`, values };
}

function idConditions(column: string, ids: IdFilter = []): Condition[] {
  const included = ids.filter((id) => !id.startsWith("-")).map((id) => id.replace(/^\+/, ""));
  const excluded = ids.filter((id) => id.startsWith("-")).map((id) => id.slice(1));
  return [
    [`${column} ${anyOf}`, jsonList(included)],
    [`coalesce(${column}, '') NOT ${anyOf}`, jsonList(excluded)],
  ];
}

function jsonList(values: string[] | undefined): string | undefined {
  return values === undefined || values.length === 0 ? undefined : JSON.stringify(values);
}

const part = (text: string | undefined) => text?.trim().toLowerCase();

const asInteger = (flag: boolean | undefined) => (flag === undefined ? undefined : Number(flag));
