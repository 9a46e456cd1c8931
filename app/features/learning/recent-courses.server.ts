import { eq } from "drizzle-orm";
import { fromDatabase } from "../../db/client.server";
import { users } from "../../db/schema.server";
import { errorFields } from "../../log.server";
import { type Member, type UserStore, writeCachedUser } from "../users/cache.server";
import { listRecentCourses } from "./my-courses.server";
import type { RecentCourse } from "./recent-courses";

/** How long somebody's first page may lag behind where a write to KV was lost, or a course was changed by an admin. */
const freshMs = 60_000;

/**
 * The courses somebody was in last: those beside their record in KV, else from D1.
 * @throws {ServiceUnavailableError} when they are not cached and D1 does not answer.
 */
export async function readRecentCourses(store: UserStore, member: Member): Promise<RecentCourse[]> {
  const { recent } = member;
  if (recent && recent.readAt > Date.now() - freshMs) return recent.courses;
  const { user, courses, readAt } = await readMember(store, member.id);
  if (user) store.waitUntil(writeCachedUser(store, { ...user, recent: { readAt, courses } }));
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
  const [user, courses] = await Promise.all([
    fromDatabase(db.select().from(users).where(eq(users.id, id)).get()),
    listRecentCourses(db, id),
  ]);
  return { user, courses, readAt };
}
