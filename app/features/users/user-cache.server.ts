import type * as z from "zod";
import { createLruCache } from "~/cache/lru-cache.server";
import { readCached, writeCached } from "~/cache/read-through.server";
import type { Database } from "~/db/client.server";
import type { Log } from "~/log/log.server";
import { recentCoursesSchema } from "./recent-courses";
import { userSchema } from "./user";
import { findUserByClerkId } from "./user-queries.server";

/** What reading and writing a cached user takes. */
export interface UserStore {
  db: Database;
  kv: KVNamespace;
  log: Log;
  /** Lets work go on after the response was sent. */
  waitUntil(work: Promise<unknown>): void;
}

/** A profile is stale for at most this long if a write-through is lost (docs/decisions/0006-kv-cache.md). */
const ttlSeconds = 1_800;

/** A page of a signed-in person costs one read of KV, so what their first page shows stands beside their record. */
const memberSchema = userSchema.extend({ recent: recentCoursesSchema.optional() });
export type CachedUser = z.infer<typeof memberSchema> & {
  /** This request has just read it from D1. */
  isFromDatabase?: true;
};

/** Somebody who clicks along meets the same isolate again and again. */
const lru = { cache: createLruCache<CachedUser>(1_000), seconds: 10 };

const entry = (clerkUserId: string) => ({
  key: `user:v2:${clerkUserId}`,
  schema: memberSchema,
  ttlSeconds,
  lru,
});

/**
 * The person's record, from KV or else D1; null where there is no row. A tombstone is a record with `deletedAt`.
 * @param options.keep whether a record from D1 is put into KV; not where the caller is about to put it there with more.
 * @throws {ServiceUnavailableError} when it is not in KV and D1 does not answer.
 */
export async function getUser(
  store: UserStore,
  clerkUserId: string,
  { writeCache = true } = {},
): Promise<CachedUser | null> {
  const cached = await readCached<CachedUser>(store, entry(clerkUserId));
  if (cached) return cached;
  const readAt = Date.now();
  const user = await findUserByClerkId(store.db, clerkUserId);
  if (user && writeCache) fillUserCache(store, user, readAt);
  return user && { ...user, isFromDatabase: true };
}

/** A record that took longer to read may have changed meanwhile; cached, it would hide the change. */
const maxFillMs = 500;

/** Caches a record that was read from D1, once the response is on its way. */
export function fillUserCache(store: UserStore, user: CachedUser, readAt: number): void {
  if (Date.now() - readAt < maxFillMs) store.waitUntil(writeCachedUser(store, user));
}

/** Shows a change of the record to the next reader; never fails. */
export function writeCachedUser(store: UserStore, user: CachedUser): Promise<void> {
  return writeCached<CachedUser>(store, entry(user.clerkUserId), user);
}
