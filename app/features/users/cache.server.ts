import type { AppLoadContext } from "@remix-run/cloudflare";
import { readThrough, writeCached } from "../../cache/read-through.server";
import { findUserByClerkId } from "./repository.server";
import { type User, userSchema } from "./user";

export type UserStore = Pick<AppLoadContext, "db" | "kv" | "log" | "waitUntil">;

/** How long a profile may stay stale where a write-through was lost (docs/decisions/0006-kv-cache.md). */
const ttlSeconds = 300;

const entry = (clerkUserId: string) => ({
  key: `user:v2:${clerkUserId}`,
  schema: userSchema,
  ttlSeconds,
});

/**
 * The person's record, from KV or else D1; null where there is no row. A tombstone is a record with `deletedAt`.
 * @throws {ServiceUnavailableError} when it is not in KV and D1 does not answer.
 */
export function getUser(store: UserStore, clerkUserId: string): Promise<User | null> {
  return readThrough<User>(
    store,
    entry(clerkUserId),
    () => findUserByClerkId(store.db, clerkUserId),
    store.waitUntil,
  );
}

/** Shows a change of the record to the next reader; never fails. */
export function writeCachedUser(store: UserStore, user: User): Promise<void> {
  return writeCached<User>(store, entry(user.clerkUserId), user);
}
