import * as z from "zod";
import { type Cursor, parseCursor } from "~/db/cursor";
import { searchQuery } from "~/db/search/search-query";
import { roleSchema } from "~/features/users/user";

const userStates = ["active", "pending", "banned", "deleted"] as const;

const querySchema = z.lazy(() =>
  z.object({
    q: searchQuery,
    role: roleSchema.nullable().catch(null),
    state: z.enum(userStates).nullable().catch(null),
    sort: z.enum(["newest", "name", "email"]).catch("newest"),
  }),
);

/** A search is ordered by the words found, a list by `sort`. */
export type UserQuery = z.infer<typeof querySchema> & Cursor;

/** Parses search params; invalid values are ignored. */
export function parseUserQuery(params: URLSearchParams): UserQuery {
  const query = querySchema.parse(
    Object.fromEntries(
      Object.keys(querySchema.unwrap().shape).map((name) => [name, params.get(name)]),
    ),
  );
  return { ...query, ...parseCursor(params) };
}
