import * as z from "zod";
import type { Role } from "~/db/enums";
import type { Environment } from "~/env.server";
import { ClerkUnavailableError } from "~/errors";
import { createBackendApi } from "./backend-api.server";
import { clerkUserSchema, type UserState } from "./user-state.server";

/** The most users Clerk lists at once, and the most it looks up by id at once. */
export const listLimit = 500;
export const lookupLimit = 100;

/** Users as Clerk lists them. One that cannot be read is among the ids and not among the states: it is there, and left alone. */
interface ClerkUserPage {
  ids: string[];
  states: UserState[];
}

/** The users as Clerk's Backend API knows them. Every function throws `ClerkUnavailableError` when Clerk does not answer. */
export interface ClerkUsers {
  /** The person's state now; null where Clerk has no such user. */
  find(clerkUserId: string): Promise<UserState | null>;
  /**
   * Writes our projection into `publicMetadata`, leaving all else there as it is. The state after it; null where Clerk has no
   * such user.
   */
  writeMetadata(
    clerkUserId: string,
    metadata: { dbId: string; role: Role },
  ): Promise<UserState | null>;
  /** A page of all users, the oldest first, at most 500. */
  list(offset: number): Promise<ClerkUserPage>;
  /** Those of at most 100 ids that Clerk knows. */
  findMany(clerkUserIds: readonly string[]): Promise<ClerkUserPage>;
  /** How many users there are. */
  count(): Promise<number>;
}

const listSchema = z.lazy(() => z.array(z.looseObject({ id: z.string() })));
const countSchema = z.lazy(() =>
  z.object({ total_count: z.number() }).transform(({ total_count }) => total_count),
);

export function createClerkUsers(environment: Environment): ClerkUsers {
  const callClerk = createBackendApi(environment);
  const page = async (query: URLSearchParams): Promise<ClerkUserPage> => {
    const users = await callClerk({ method: "GET", path: "/users", query, schema: listSchema });
    if (!users) throw new ClerkUnavailableError("Clerk has no list of users");
    const states = users.flatMap((user) => clerkUserSchema.safeParse(user).data ?? []);
    return { ids: users.map(({ id }) => id), states };
  };
  return {
    find: (id) =>
      callClerk({
        method: "GET",
        path: `/users/${encodeURIComponent(id)}`,
        schema: clerkUserSchema,
      }),
    writeMetadata: (id, metadata) =>
      callClerk({
        method: "PATCH",
        path: `/users/${encodeURIComponent(id)}/metadata`,
        body: { public_metadata: metadata },
        schema: clerkUserSchema,
      }),
    list: (offset) =>
      page(
        new URLSearchParams({
          limit: `${listLimit}`,
          offset: `${offset}`,
          order_by: "+created_at",
        }),
      ),
    findMany(clerkUserIds) {
      const query = new URLSearchParams({ limit: `${lookupLimit}` });
      for (const id of clerkUserIds) query.append("user_id", id);
      return page(query);
    },
    count: async () =>
      (await callClerk({ method: "GET", path: "/users/count", schema: countSchema })) ?? 0,
  };
}
