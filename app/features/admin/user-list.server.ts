import { getTableColumns, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { type IndexRange, keysetPage, type Page, toPage } from "~/db/keyset-pagination.server";
import { users } from "~/db/schema.server";
import { userKeys } from "~/db/sort-keys";
import { userGroup } from "~/db/user-groups";
import type { User } from "~/features/users/user";
import { sortOrder, type UserQuery } from "./user-query";

const columns = getTableColumns(users);
const inGroup = sql`${sql.raw(userGroup)} = arm.value ->> '$.group'`;
/** A partial index serves the banned users; skipping them costs nothing, because they are few. */
const matches = {
  banned: sql`banned_at is not null and ${inGroup}`,
  active: sql`banned_at is null and ${inGroup}`,
  pending: inGroup,
  deleted: inGroup,
};

export type ListedUser = User & { key: string };

const maxOtherMatches = 5;

/** The first page of a search also has the first matches by the other field. */
export async function findUsers(
  db: Database,
  query: UserQuery,
): Promise<{ page: Page<ListedUser>; otherMatches: ListedUser[] }> {
  const page = selectUsers(db, query);
  if (query.q === "" || query.in !== null || query.after !== null || query.before !== null) {
    return { page: toPage(await runQuery(page), query), otherMatches: [] };
  }
  const other = selectUsers(db, { ...query, field: query.field === "name" ? "email" : "name" });
  const [rows, otherRows] = await runQuery(db.batch([page, other]));
  return { page: toPage(rows, query), otherMatches: otherRows.slice(0, maxOtherMatches) };
}

function selectUsers(db: Database, query: UserQuery) {
  const order = sortOrder(query);
  const key = userKeys[order];
  const page = keysetPage({
    table: users,
    match: query.state ? matches[query.state] : inGroup,
    ranges: userRanges(query),
    key,
    order: order === "newest" ? "desc" : "asc",
    cursor: query,
  });
  return db
    .select({ ...columns, key: sql<string>`${sql.raw(key)}`.as("key") })
    .from(users)
    .where(page.where)
    .orderBy(page.orderBy)
    .limit(page.limit);
}

/** Every combination of a group that passes the filter (see `userGroup`) and a case variant. */
function userRanges({ role, state, q }: UserQuery): IndexRange[] {
  const groups = [0, 1, 2, 3, 4, 5, 6, 7].filter(
    (group) =>
      (role === null || (role === "admin") === ((group & 1) !== 0)) &&
      (state !== "pending" || (group & 2) !== 0) &&
      (state === null || (state === "deleted") === ((group & 4) !== 0)),
  );
  return groups.flatMap((group) => caseVariants(q).map((prefix) => ({ group, prefix })));
}

/**
 * SQLite's `lower` handles only ASCII, so "Élodie" and "élodie" have different keys. A variant that
 * starts with another one is dropped: it would list users twice.
 */
function caseVariants(search: string): string[] {
  const titled = search.toLowerCase().replace(/(?<=^|\s)\p{L}/gu, (letter) => letter.toUpperCase());
  const variants = new Set(
    [search, search.toLowerCase(), search.toUpperCase(), titled].map(lowerAscii),
  );
  return [...variants].filter(
    (variant) => ![...variants].some((other) => other !== variant && variant.startsWith(other)),
  );
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
