import { eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import * as z from "zod";
import { type Database, runQuery } from "~/db/client.server";
import { type Cursor, parseCursor } from "~/db/cursor";
import {
  keysetPage,
  newestKey,
  type Page,
  pageLength,
  toPage,
} from "~/db/keyset-pagination.server";
import { courseChanges, courses, roleChanges, users } from "~/db/schema.server";
import { courseChangeKey, roleChangeKey } from "~/db/sort-keys";
import { selectUserIds } from "~/features/users/find-users.server";
import type { AuditEntry } from "./audit-entry";

const personSchema = z.lazy(() => z.string().trim().max(400).catch(""));

export interface AuditQuery extends Cursor {
  /** An id or an e-mail address. */
  person: string;
}

/** Reads a URL; what it does not understand is as if it were not there. */
export function parseAuditQuery(params: URLSearchParams): AuditQuery {
  return { person: personSchema.parse(params.get("person") ?? ""), ...parseCursor(params) };
}

/**
 * One page of what admins did, the latest first: all of them, or what a person did or underwent. The records of roles and of
 * courses are two, with one kind of key: a page is read off each, and they are merged.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function listAuditEntries(
  db: Database,
  query: AuditQuery,
  length = pageLength,
): Promise<Page<AuditEntry>> {
  const [ofRoles, ofCourses] = await runQuery(
    db.batch([selectRoleEntries(db, query, length), selectCourseEntries(db, query, length)]),
  );
  const entries = [...ofRoles.map(toRoleEntry), ...ofCourses.map(toCourseEntry)];
  const direction = query.before === null ? -1 : 1;
  entries.sort((one, other) => (one.key < other.key ? -direction : direction));
  return toPage(entries.slice(0, length + 1), query, length);
}

const person = alias(users, "person");
const actor = alias(users, "actor");

/** A batch tells columns apart by their names alone. */
const people = {
  personId: sql<string | null>`person.id`.as("person_id"),
  personName: sql<string>`person.name`.as("person_name"),
  personEmail: sql<string | null>`person.email`.as("person_email"),
  actorId: sql<string | null>`actor.id`.as("actor_id"),
  actorName: sql<string>`actor.name`.as("actor_name"),
  actorEmail: sql<string | null>`actor.email`.as("actor_email"),
};

function selectRoleEntries(db: Database, query: AuditQuery, length: number) {
  const page = auditPage(roleChanges, roleChangeKey, query, length);
  return db
    .select({
      ...people,
      id: roleChanges.id,
      fromRole: roleChanges.fromRole,
      toRole: roleChanges.toRole,
      reason: roleChanges.reason,
      createdAt: sql<number>`${roleChanges.createdAt}`.as("at"),
      key: newestKey(roleChanges).as("key"),
    })
    .from(roleChanges)
    .innerJoin(person, eq(person.id, roleChanges.userId))
    .leftJoin(actor, eq(actor.id, roleChanges.changedBy))
    .where(sql`${roleChanges}.${page.where}`)
    .orderBy(auditOrder(query))
    .limit(page.limit);
}

function selectCourseEntries(db: Database, query: AuditQuery, length: number) {
  const page = auditPage(courseChanges, courseChangeKey, query, length);
  return db
    .select({
      ...people,
      id: courseChanges.id,
      action: courseChanges.action,
      detail: courseChanges.detail,
      courseId: courseChanges.courseId,
      title: courses.title,
      createdAt: sql<number>`${courseChanges.createdAt}`.as("at"),
      key: newestKey(courseChanges).as("key"),
    })
    .from(courseChanges)
    .innerJoin(courses, eq(courses.id, courseChanges.courseId))
    .leftJoin(person, eq(person.id, courseChanges.userId))
    .leftJoin(actor, eq(actor.id, courseChanges.changedBy))
    .where(sql`${courseChanges}.${page.where}`)
    .orderBy(auditOrder(query))
    .limit(page.limit);
}

type Table = typeof roleChanges | typeof courseChanges;

const auditOrder = ({ before }: Cursor) => (before === null ? sql`key desc` : sql`key asc`);

function auditPage(table: Table, key: string, query: AuditQuery, length: number) {
  const range = { ranges: [{ prefix: "" }], order: "desc", cursor: query, length } as const;
  return keysetPage({ table, ...userFilter(query.person, key), ...range });
}

/**
 * Everybody's changes are read off the index in their order. Those of one person are found first and then ordered: what they
 * cost grows with how many that person has, not with how many there are.
 */
function userFilter(text: string, key: string): { match: SQL; key: string } {
  if (text === "") return { match: sql`true`, key };
  const ids = selectUserIds(text);
  return { match: sql`(user_id in ${ids} or changed_by in ${ids})`, key: `(+${key})` };
}

type Found<Query extends PromiseLike<unknown[]>> = Awaited<Query>[number];

function toAuditUsers(
  row: Found<ReturnType<typeof selectRoleEntries>> | Found<ReturnType<typeof selectCourseEntries>>,
) {
  const { personId, personName, personEmail, actorId, actorName, actorEmail } = row;
  return {
    person: personId === null ? null : { id: personId, name: personName, email: personEmail },
    changedBy: actorId === null ? null : { id: actorId, name: actorName, email: actorEmail },
  };
}

function toRoleEntry(row: Found<ReturnType<typeof selectRoleEntries>>): AuditEntry {
  const { id, key, createdAt, reason, fromRole, toRole } = row;
  const detail = `${fromRole} to ${toRole}`;
  return {
    id,
    key,
    createdAt,
    action: "role-changed",
    detail,
    reason,
    course: null,
    ...toAuditUsers(row),
  };
}

function toCourseEntry(row: Found<ReturnType<typeof selectCourseEntries>>): AuditEntry {
  const { id, key, createdAt, action, detail, courseId, title } = row;
  return {
    id,
    key,
    createdAt,
    action,
    detail,
    reason: null,
    course: { id: courseId, title },
    ...toAuditUsers(row),
  };
}
