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

/**
 * The courses a person was in last: the copy beside their record in KV while it is fresh, otherwise
 * those in D1.
 * @param options.skipCopy if the copy may be older than what this browser has done.
 * @throws {ServiceUnavailableError} when D1 is needed and does not answer.
 */
export async function getRecentCourses(
  store: UserStore,
  member: CachedUser,
  { skipCopy = false } = {},
): Promise<RecentCourse[]> {
  const { recent } = member;
  const isFresh = recent && recent.readAt > Date.now() - recentCoursesFreshSeconds * 1_000;
  return isFresh && !skipCopy ? recent.courses : loadRecentCourses(store, member);
}

/** Courses that are only too old are not rewritten: a write to KV costs more than many reads of D1. */
async function loadRecentCourses(store: UserStore, member: CachedUser): Promise<RecentCourse[]> {
  const { user, courses, readAt } =
    member.isFromDatabase && !member.metadataPending
      ? await readCourses(store, member)
      : await readUserWithCourses(store, member.id);
  const isCached = member.recent && user?.updatedAt === member.updatedAt;
  if (user && !isCached) fillUserCache(store, { ...user, recent: { readAt, courses } }, readAt);
  return courses;
}

/**
 * Shows to the next page what somebody's learning has come to; never fails.
 * @param id our id of the person.
 */
export async function refreshRecentCourses(store: UserStore, id: string): Promise<void> {
  try {
    const { user, courses, readAt } = await readUserWithCourses(store, id);
    if (user) await writeCachedUser(store, { ...user, recent: { readAt, courses } });
  } catch (error) {
    store.log("recent_courses.refresh_failed", errorFields(error));
  }
}

/** The record is read with the courses: what stands in KV was written by somebody who had just asked D1 for all of it. */
async function readUserWithCourses({ db }: UserStore, id: string) {
  const readAt = Date.now();
  const [user, found] = await runQuery(
    db.batch([db.select().from(users).where(eq(users.id, id)), selectRecentCourses(db, id)]),
  );
  return { user: user[0], courses: toRecentCourses(found), readAt };
}

/** For a record that this very request has read from D1. */
async function readCourses({ db }: UserStore, { isFromDatabase, recent, ...user }: CachedUser) {
  const readAt = Date.now();
  const courses = toRecentCourses(await runQuery(selectRecentCourses(db, user.id)));
  return { user, courses, readAt };
}
