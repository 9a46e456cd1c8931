import { eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type * as z from "zod";
import { isActive } from "~/access/active-user.server";
import { createLruCache } from "~/cache/lru-cache.server";
import { readCached, writeCached } from "~/cache/read-through.server";
import { type Database, runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { errorFields, type Log } from "~/log/log.server";
import { recentCoursesSchema } from "./recent-courses";
import { userSchema } from "./user";
import { findUserByClerkId } from "./user-queries.server";

export interface UserStore {
  db: Database;
  kv: KVNamespace;
  log: Log;
  /** Continues work after the response. */
  waitUntil(work: Promise<unknown>): void;
}

/** Maximum staleness if a cache write is lost (docs/decisions/0006-kv-cache.md). */
const ttlSeconds = 1_800;

/** Includes the dashboard's courses, so that a page costs one KV read. */
const cachedUserSchema = userSchema.extend({ recent: recentCoursesSchema.optional() });
export type CachedUser = z.infer<typeof cachedUserSchema> & {
  /** Set if this request read the record from D1. */
  isFromDatabase?: true;
};

/** A user's consecutive requests often reach the same isolate. */
const lru = { cache: createLruCache<CachedUser>(1_000), seconds: 10 };

const entry = (clerkUserId: string) => ({
  key: `user:v3:${clerkUserId}`,
  schema: cachedUserSchema,
  ttlSeconds,
  lru,
});

/**
 * Reads KV, then D1. KV may be behind, so only D1 can say that a user is not active. Pass
 * `writeCache: false` if the caller writes the cache entry.
 */
export async function getUser(
  store: UserStore,
  clerkUserId: string,
  { writeCache = true } = {},
): Promise<CachedUser | null> {
  const cached = await readCached<CachedUser>(store, entry(clerkUserId));
  if (cached && isActive(cached)) return cached;
  const readAt = Date.now();
  const user = await findUserByClerkId(store.db, clerkUserId);
  if (user && isActive(user) && writeCache) fillUserCache(store, user, readAt);
  return user && { ...user, isFromDatabase: true };
}

/** A slower read may be outdated; caching it would hide the change. */
const maxFillMs = 500;

/** Caches a record from D1 after the response. */
export function fillUserCache(store: UserStore, user: CachedUser, readAt: number): void {
  if (Date.now() - readAt < maxFillMs) store.waitUntil(writeCachedUser(store, user));
}

/** Never fails. If KV rejects a marked row, the cache outbox writes it again. */
export async function writeCachedUser(store: UserStore, user: CachedUser): Promise<void> {
  const isWritten = await writeCached<CachedUser>(store, entry(user.clerkUserId), user);
  if (isWritten && user.cachePending !== null) store.waitUntil(confirmCacheWrite(store, user));
}

/**
 * Clears the mark of the change that KV now has. A row without that mark has changed since it was
 * read, so KV may have just lost a later record: marks the row again.
 */
async function confirmCacheWrite({ db, log }: UserStore, user: CachedUser): Promise<void> {
  const isConfirmed = sql`${users.cachePending} is ${user.cachePending}`;
  const cachePending = sql`iif(${isConfirmed}, null, coalesce(${users.cachePending}, ${uuidv7()}))`;
  try {
    await runQuery<unknown>(db.update(users).set({ cachePending }).where(eq(users.id, user.id)));
  } catch (error) {
    log("cache.confirm_failed", { userId: user.id, ...errorFields(error) });
  }
}
