import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import { courseChanges, courses, enrollments, users } from "~/db/schema.server";
import { activeUser } from "~/db/user-groups";
import { type FoundUser, findUsersByIdsOrEmails } from "~/features/users/find-users.server";
import type { EnrollmentChange } from "./enrollments.server";

/** What became of each text that an admin entered: an email address or a user ID. */
export type EnrollUserOutcome =
  | { kind: "enrolled"; who: string; userId: string; name: string }
  | { kind: "already-enrolled"; who: string; name: string }
  | { kind: "user-not-found"; who: string }
  | { kind: "banned"; who: string; name: string }
  /** Several users may share an email address. */
  | { kind: "ambiguous"; who: string; ids: string[] };

/** Enrolls users in one batch, even after a revocation. */
export async function enrollUsers(
  db: Database,
  change: EnrollmentChange,
  entered: readonly string[],
  now: number,
): Promise<EnrollUserOutcome[]> {
  const found = await findUsersByIdsOrEmails(db, entered);
  const matches = entered.map((who) => ({ who, people: found.filter((one) => one.who === who) }));
  const candidates = matches.flatMap(({ people: [person, ...others] }) =>
    person && others.length === 0 && person.bannedAt === null ? [person.id] : [],
  );
  const enrolledIds = await insertEnrollments(db, change, [...new Set(candidates)], now);
  return matches.map(({ who, people }) => outcomeOf(who, people, enrolledIds));
}

function outcomeOf(
  who: string,
  [person, ...others]: readonly FoundUser[],
  enrolledIds: ReadonlySet<string>,
): EnrollUserOutcome {
  if (!person) return { kind: "user-not-found", who };
  if (others.length > 0) {
    return { kind: "ambiguous", who, ids: [person, ...others].map(({ id }) => id) };
  }
  const { id, name, bannedAt } = person;
  if (bannedAt !== null) return { kind: "banned", who, name };
  return enrolledIds.has(id)
    ? { kind: "enrolled", who, userId: id, name }
    : { kind: "already-enrolled", who, name };
}

/** Decided by the audit entry of each user (docs/decisions/0019-audited-edits.md). */
async function insertEnrollments(
  db: Database,
  { courseId, changedBy }: EnrollmentChange,
  userIds: readonly string[],
  now: number,
): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const entries = JSON.stringify(userIds.map((userId) => ({ userId, changeId: uuidv7() })));
  const [inserted] = await runQuery(
    db.batch([
      db
        .insert(courseChanges)
        .select(
          sql`select entry.value ->> '$.changeId', ${changedBy}, course.id, person.id, 'person-enrolled', '', ${now}, null
            from json_each(${entries}) entry join ${courses} course on course.id = ${courseId}
            join ${users} person on person.id = entry.value ->> '$.userId'
            where ${sql.raw(activeUser("person"))} and not exists (
              select 1 from ${enrollments} where user_id = person.id and course_id = course.id and revoked_at is null)`,
        )
        .returning({ userId: courseChanges.userId }),
      db
        .insert(enrollments)
        .select(
          sql`select change.user_id, change.course_id, 'admin', ${now}, null, null from ${courseChanges} change
            where change.id in (select value ->> '$.changeId' from json_each(${entries}))`,
        )
        .onConflictDoUpdate({
          target: [enrollments.userId, enrollments.courseId],
          set: { source: "admin", enrolledAt: now, revokedAt: null, revokedBecause: null },
        }),
    ]),
  );
  return new Set(inserted.flatMap(({ userId }) => userId ?? []));
}
