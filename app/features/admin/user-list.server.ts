import { and, eq, getTableColumns, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { type IndexRange, keysetPage, type Page, toPage } from "~/db/keyset-pagination.server";
import { users } from "~/db/schema.server";
import { findMatches, isMatch, pageOf } from "~/db/search/find-matches.server";
import { userKeys } from "~/db/sort-keys";
import { userGroup } from "~/db/user-groups";
import type { User } from "~/features/users/user";
import type { UserQuery } from "./user-query";

const inGroup = sql`${sql.raw(userGroup)} = arm.value ->> '$.group'`;
/** A partial index serves the banned users; skipping them costs nothing, because they are few. */
const matches = {
  banned: sql`banned_at is not null and ${inGroup}`,
  active: sql`banned_at is null and ${inGroup}`,
  pending: inGroup,
  deleted: inGroup,
};

/** Null if a search has too many matches. */
export function findUsers(db: Database, query: UserQuery): Promise<Page<User> | null> {
  return query.q === "" ? listUsers(db, query) : searchUsers(db, query);
}

async function listUsers(db: Database, query: UserQuery): Promise<Page<User>> {
  const key = userKeys[query.sort];
  const page = keysetPage({
    table: users,
    match: query.state ? matches[query.state] : inGroup,
    ranges: userRanges(query),
    key,
    order: query.sort === "newest" ? "desc" : "asc",
    cursor: query,
  });
  const rows = await runQuery(
    db
      .select({ ...getTableColumns(users), key: sql<string>`${sql.raw(key)}`.as("key") })
      .from(users)
      .where(page.where)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(rows, query);
}

/** Every group that passes the filter (see `userGroup`). */
function userRanges({ role, state }: UserQuery): IndexRange[] {
  return [0, 1, 2, 3, 4, 5, 6, 7]
    .filter(
      (group) =>
        (role === null || (role === "admin") === ((group & 1) !== 0)) &&
        (state !== "pending" || (group & 2) !== 0) &&
        (state === null || (state === "deleted") === ((group & 4) !== 0)),
    )
    .map((group) => ({ group, prefix: "" }));
}

/** By words of name and email address, or by either id. */
async function searchUsers(db: Database, query: UserQuery): Promise<Page<User> | null> {
  const page = await findMatches(db, {
    kind: "user",
    query: query.q,
    cursor: query,
    filter: userFilter(query),
    exactIds: selectUserByExactId(query.q),
  });
  if (page === null || page.rows.length === 0) return page && pageOf(page, []);
  const rows = db.select().from(users);
  return pageOf(
    page,
    await runQuery(rows.where(and(isMatch(users.id, page), isNull(users.deletedAt)))),
  );
}

/** By our id or by Clerk's, unless deleted. */
export const selectUserByExactId = (id: string): SQL =>
  sql`select id from ${users} where id = ${id} and deleted_at is null
    union select id from ${users} where clerk_user_id = ${id} and deleted_at is null`;

/** Deleted users have no words. */
function userFilter({ role, state }: UserQuery): SQL | undefined {
  if (role === null && state === null) return undefined;
  const inState = {
    active: isNull(users.bannedAt),
    banned: isNotNull(users.bannedAt),
    pending: eq(users.metadataPending, true),
    deleted: isNotNull(users.deletedAt),
  };
  return sql`exists (select 1 from ${users} where ${and(
    sql`${users.id} = found.row_id`,
    role === null ? undefined : eq(users.role, role),
    state === null ? undefined : inState[state],
  )})`;
}
