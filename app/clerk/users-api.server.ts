import * as z from "zod";
import type { Role } from "~/db/enums";
import type { Environment } from "~/env.server";
import { ClerkUnavailableError } from "~/errors";
import { createBackendApi } from "./backend-api.server";
import { clerkIdSchema, clerkUserSchema, type UserState } from "./user-state.server";

/** Clerk's page size limits: for lists, and for lookups by id. */
export const listLimit = 500;
export const lookupLimit = 100;

/** `states` omits users that could not be parsed; `ids` includes them. */
interface ClerkUserPage {
  ids: string[];
  states: UserState[];
}

/** All methods throw `ClerkUnavailableError` if Clerk does not respond. */
export interface ClerkUsers {
  /** Null if the user does not exist. */
  find(clerkUserId: string): Promise<UserState | null>;
  /** Merges into `publicMetadata`; null if the user does not exist. */
  writeMetadata(
    clerkUserId: string,
    metadata: { dbId: string; role: Role },
  ): Promise<UserState | null>;
  /** At most 500 users, oldest first. */
  list(offset: number): Promise<ClerkUserPage>;
  /** Looks up at most 100 ids. */
  findMany(clerkUserIds: readonly string[]): Promise<ClerkUserPage>;
  count(): Promise<number>;
  /** The instance that the secret key belongs to. */
  instanceId(): Promise<string>;
}

const listSchema = z.lazy(() => z.array(z.looseObject({ id: z.string() })));
const countSchema = z.lazy(() =>
  z.object({ total_count: z.number() }).transform(({ total_count }) => total_count),
);

const instanceSchema = z.lazy(() => z.object({ id: clerkIdSchema }));

export function createClerkUsers(environment: Environment): ClerkUsers {
  const callClerk = createBackendApi(environment);
  const page = async (query: URLSearchParams): Promise<ClerkUserPage> => {
    const users = await callClerk({ method: "GET", path: "/users", query, schema: listSchema });
    if (!users) throw new ClerkUnavailableError("Clerk returned no list of users");
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
    instanceId: async () => {
      const instance = await callClerk({
        method: "GET",
        path: "/instance",
        schema: instanceSchema,
      });
      if (!instance) throw new ClerkUnavailableError("Clerk returned no instance");
      return instance.id;
    },
  };
}
