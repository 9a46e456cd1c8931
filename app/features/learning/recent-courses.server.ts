import { eq } from "drizzle-orm";
import { runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { type RecentCourse, recentCoursesFreshSeconds } from "~/features/users/recent-courses";
import {
  type CachedUser,
  fillUserCache,
  type UserStore,
  writeCachedUser,
} from "~/features/users/user-cache.server";
import { errorFields } from "~/log/log.server";
import { selectRecentCourses, toRecentCourses } from "./recent-courses-query.server";

/** Prefers a fresh copy in KV. `skipCopy`: it may be older than this browser's last change. */
export async function getRecentCourses(
  store: UserStore,
  member: CachedUser,
  { skipCopy = false } = {},
): Promise<RecentCourse[]> {
  const { recent } = member;
  const isFresh = recent && recent.readAt > Date.now() - recentCoursesFreshSeconds * 1_000;
  return isFresh && !skipCopy ? recent.courses : loadRecentCourses(store, member);
}

/** Stale courses are not rewritten: a KV write costs more than many D1 reads. */
async function loadRecentCourses(store: UserStore, member: CachedUser): Promise<RecentCourse[]> {
  const { user, courses, readAt } =
    member.isFromDatabase && !member.metadataPending
      ? await readCourses(store, member)
      : await readUserWithCourses(store, member.id);
  const isCached = member.recent && user?.updatedAt === member.updatedAt;
  if (user && !isCached) fillUserCache(store, { ...user, recent: { readAt, courses } }, readAt);
  return courses;
}

/** Rewrites the recent courses in the user cache. Never throws. */
export async function refreshRecentCourses(store: UserStore, id: string): Promise<void> {
  try {
    const { user, courses, readAt } = await readUserWithCourses(store, id);
    if (user) await writeCachedUser(store, { ...user, recent: { readAt, courses } });
  } catch (error) {
    store.log("recent_courses.refresh_failed", errorFields(error));
  }
}

/** Reads the user too, because a cache entry must come from a single read of D1. */
async function readUserWithCourses({ db }: UserStore, id: string) {
  const readAt = Date.now();
  const [user, found] = await runQuery(
    db.batch([db.select().from(users).where(eq(users.id, id)), selectRecentCourses(db, id)]),
  );
  return { user: user[0], courses: toRecentCourses(found), readAt };
}

/** For a user that this request has already read from D1. */
async function readCourses({ db }: UserStore, { isFromDatabase, recent, ...user }: CachedUser) {
  const readAt = Date.now();
  const courses = toRecentCourses(await runQuery(selectRecentCourses(db, user.id)));
  return { user, courses, readAt };
}
