import * as z from "zod";
import { type Cursor, parseCursor } from "~/db/cursor";
import { roleSchema } from "~/features/users/user";

const userStates = ["active", "pending", "banned", "deleted"] as const;
const userSorts = ["newest", "name", "email"] as const;
export type UserSort = (typeof userSorts)[number];

const maxSearchLength = 200;
const querySchema = z.lazy(() =>
  z.object({
    q: z
      .string()
      .transform((text) => [...text.replaceAll("\0", "").trim()].slice(0, maxSearchLength).join(""))
      .catch(""),
    in: z.enum(["name", "email"]).nullable().catch(null),
    role: roleSchema.nullable().catch(null),
    state: z.enum(userStates).nullable().catch(null),
    sort: z.enum(userSorts).catch("newest"),
  }),
);

export type UserQuery = z.infer<typeof querySchema> &
  Cursor & {
    /** The field to search: the selected one, otherwise detected from the text. */
    field: "name" | "email";
  };

/** Parses search params; invalid values are ignored. */
export function parseUserQuery(params: URLSearchParams): UserQuery {
  const query = querySchema.parse(
    Object.fromEntries(
      Object.keys(querySchema.unwrap().shape).map((name) => [name, params.get(name)]),
    ),
  );
  const detected = query.q.includes("@") ? "email" : "name";
  return { ...query, ...parseCursor(params), field: query.in ?? detected };
}

/** Search results are ordered by the searched field, because one index serves both. */
export function sortOrder({ q, field, sort }: UserQuery): UserSort {
  return q === "" ? sort : field;
}
