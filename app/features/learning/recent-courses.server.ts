import { eq } from "drizzle-orm";
import { fromDatabase } from "../../db/client.server";
import { users } from "../../db/schema.server";
import { errorFields } from "../../log.server";
import { type Member, type UserStore, writeCachedUser } from "../users/cache.server";
import type { RecentCourse } from "./recent-courses";
import { selectRecentCourses, toRecentCourses } from "./recent-courses-query.server";

/** How long somebody's first page may lag behind where a write to KV was lost, or a course was changed by an admin. */
const freshMs = 60_000;

/** What took longer to read may have been written meanwhile, and is not kept: it would hide the newer record. */
const soonMs = 500;

/**
 * The courses somebody was in last: those beside their record in KV, else from D1, put into KV with the record.
 * @throws {ServiceUnavailableError} when they are not cached and D1 does not answer.
 */
export function readRecentCourses(
  store: UserStore,
  member: Member,
): RecentCourse[] | Promise<RecentCourse[]> {
  const { recent } = member;
  if (recent && recent.readAt > Date.now() - freshMs) return recent.courses;
  const courses = fillRecentCourses(store, member);
  // For the next page, where this visitor does not wait for it.
  store.waitUntil(courses.catch(() => {}));
  return courses;
}

async function fillRecentCourses(store: UserStore, member: Member): Promise<RecentCourse[]> {
  const { user, courses, readAt } =
    member.isFromDatabase && !member.metadataPending
      ? await readCourses(store, member)
      : await readMember(store, member.id);
  if (user && Date.now() - readAt < soonMs) {
    store.waitUntil(writeCachedUser(store, { ...user, recent: { readAt, courses } }));
  }
  return courses;
}

/**
 * Shows to the next page what somebody's learning has come to; never fails.
 * @param id our id of the person.
 */
export async function refreshRecentCourses(store: UserStore, id: string): Promise<void> {
  try {
    const { user, courses, readAt } = await readMember(store, id);
    if (user) await writeCachedUser(store, { ...user, recent: { readAt, courses } });
  } catch (error) {
    store.log("recent_courses.refresh_failed", errorFields(error));
  }
}

/** The record is read with the courses: what stands in KV was written by somebody who had just asked D1 for all of it. */
async function readMember({ db }: UserStore, id: string) {
  const readAt = Date.now();
  const [user, found] = await fromDatabase(
    db.batch([db.select().from(users).where(eq(users.id, id)), selectRecentCourses(db, id)]),
  );
  return { user: user[0], courses: toRecentCourses(found), readAt };
}

/** For a record that this very request has read from D1. */
async function readCourses({ db }: UserStore, { isFromDatabase, recent, ...user }: Member) {
  const readAt = Date.now();
  const courses = toRecentCourses(await fromDatabase(selectRecentCourses(db, user.id)));
  return { user, courses, readAt };
}
