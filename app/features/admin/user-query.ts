import * as z from "zod";
import { type Cursor, parseCursor } from "~/db/cursor";
import { roleSchema } from "~/features/users/user";

const userStates = ["active", "pending", "deleted"] as const;
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

/** What the list of people shows, as its URL says it. */
export type UserQuery = z.infer<typeof querySchema> &
  Cursor & {
    /** The field that is searched: the one that was chosen, else what the text looks like. */
    field: "name" | "email";
  };

/** Reads a URL; what it does not understand is as if it were not there. */
export function parseUserQuery(params: URLSearchParams): UserQuery {
  const query = querySchema.parse(
    Object.fromEntries(
      Object.keys(querySchema.unwrap().shape).map((name) => [name, params.get(name)]),
    ),
  );
  const detected = query.q.includes("@") ? "email" : "name";
  return { ...query, ...parseCursor(params), field: query.in ?? detected };
}

/** People found by their name are listed by name, those found by e-mail by e-mail: the index that finds them orders them. */
export function sortOrder({ q, field, sort }: UserQuery): UserSort {
  return q === "" ? sort : field;
}
