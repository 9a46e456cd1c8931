import type { AppLoadContext } from "@remix-run/cloudflare";
import type * as z from "zod";
import { createMemory } from "../../cache/memory.server";
import { readThrough, writeCached } from "../../cache/read-through.server";
import { recentCoursesSchema } from "../learning/recent-courses";
import { findUserByClerkId } from "./repository.server";
import { userSchema } from "./user";

export type UserStore = Pick<AppLoadContext, "db" | "kv" | "log" | "waitUntil">;

/** How long a profile may stay stale where a write-through was lost (docs/decisions/0006-kv-cache.md). */
const ttlSeconds = 300;

/** A page of a signed-in person costs one read of KV, so what their first page shows stands beside their record. */
const memberSchema = userSchema.extend({ recent: recentCoursesSchema.optional() });
export type Member = z.infer<typeof memberSchema>;

/** Somebody who clicks along meets the same isolate again and again. */
const memory = { of: createMemory<Member>(1_000), seconds: 10 };

const entry = (clerkUserId: string) => ({
  key: `user:v2:${clerkUserId}`,
  schema: memberSchema,
  ttlSeconds,
  memory,
});

/**
 * The person's record, from KV or else D1; null where there is no row. A tombstone is a record with `deletedAt`.
 * @throws {ServiceUnavailableError} when it is not in KV and D1 does not answer.
 */
export function getUser(store: UserStore, clerkUserId: string): Promise<Member | null> {
  return readThrough<Member>(
    store,
    entry(clerkUserId),
    () => findUserByClerkId(store.db, clerkUserId),
    store.waitUntil,
  );
}

/** Shows a change of the record to the next reader; never fails. */
export function writeCachedUser(store: UserStore, user: Member): Promise<void> {
  return writeCached<Member>(store, entry(user.clerkUserId), user);
}
