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
import { courseChanges, courses, paymentChanges, roleChanges, users } from "~/db/schema.server";
import { courseChangeKey, roleChangeKey } from "~/db/sort-keys";
import { formatAmount } from "~/features/courses/money";
import { selectUserIds } from "~/features/users/find-users.server";
import type { AuditEntry } from "./audit-entry";

const personSchema = z.lazy(() => z.string().trim().max(400).catch(""));

export interface AuditQuery extends Cursor {
  /** An ID or an email address. */
  person: string;
}

/** Parses search params; invalid values are ignored. */
export function parseAuditQuery(params: URLSearchParams): AuditQuery {
  return { person: personSchema.parse(params.get("person") ?? ""), ...parseCursor(params) };
}

/** One page, newest first: merges a page each of role, course and payment changes. */
export async function listAuditEntries(
  db: Database,
  query: AuditQuery,
  length = pageLength,
): Promise<Page<AuditEntry>> {
  const [roleRows, courseRows, paymentRows] = await runQuery(
    db.batch([
      selectRoleEntries(db, query, length),
      selectCourseEntries(db, query, length),
      selectPaymentEntries(db, query, length),
    ]),
  );
  const entries = [
    ...roleRows.map(toRoleEntry),
    ...courseRows.map(toCourseEntry),
    ...paymentRows.map(toPaymentEntry),
  ];
  const direction = query.before === null ? -1 : 1;
  entries.sort((a, b) => (a.key < b.key ? -direction : direction));
  return toPage(entries.slice(0, length + 1), query, length);
}

const person = alias(users, "person");
const actor = alias(users, "actor");

/** Unique aliases: D1 batch results are keyed by column name. */
const userColumns = {
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
      ...userColumns,
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
      ...userColumns,
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

function selectPaymentEntries(db: Database, query: AuditQuery, length: number) {
  const page = auditPage(paymentChanges, courseChangeKey, query, length);
  return db
    .select({
      ...userColumns,
      id: paymentChanges.id,
      action: paymentChanges.action,
      amountMinor: paymentChanges.amountMinor,
      currency: paymentChanges.currency,
      detail: paymentChanges.detail,
      courseId: paymentChanges.courseId,
      title: courses.title,
      createdAt: sql<number>`${paymentChanges.createdAt}`.as("at"),
      key: newestKey(paymentChanges).as("key"),
    })
    .from(paymentChanges)
    .innerJoin(courses, eq(courses.id, paymentChanges.courseId))
    .leftJoin(person, eq(person.id, paymentChanges.userId))
    .leftJoin(actor, eq(actor.id, paymentChanges.changedBy))
    .where(sql`${paymentChanges}.${page.where}`)
    .orderBy(auditOrder(query))
    .limit(page.limit);
}

type Table = typeof roleChanges | typeof courseChanges | typeof paymentChanges;

const auditOrder = ({ before }: Cursor) => (before === null ? sql`key desc` : sql`key asc`);

function auditPage(table: Table, key: string, query: AuditQuery, length: number) {
  const range = { ranges: [{ prefix: "" }], order: "desc", cursor: query, length } as const;
  return keysetPage({ table, ...userFilter(query.person, key), ...range });
}

/** The unary plus disables the sort index, so the cost depends only on that person's changes. */
function userFilter(text: string, key: string): { match: SQL; key: string } {
  if (text === "") return { match: sql`true`, key };
  const ids = selectUserIds(text);
  return { match: sql`(user_id in ${ids} or changed_by in ${ids})`, key: `(+${key})` };
}

type Row<Query extends PromiseLike<unknown[]>> = Awaited<Query>[number];

type UserColumns = Pick<Row<ReturnType<typeof selectCourseEntries>>, keyof typeof userColumns>;

function toAuditUsers(row: UserColumns) {
  const { personId, personName, personEmail, actorId, actorName, actorEmail } = row;
  return {
    person: personId === null ? null : { id: personId, name: personName, email: personEmail },
    changedBy: actorId === null ? null : { id: actorId, name: actorName, email: actorEmail },
  };
}

function toRoleEntry(row: Row<ReturnType<typeof selectRoleEntries>>): AuditEntry {
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

function toCourseEntry(row: Row<ReturnType<typeof selectCourseEntries>>): AuditEntry {
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

function toPaymentEntry(row: Row<ReturnType<typeof selectPaymentEntries>>): AuditEntry {
  const { id, key, createdAt, action, amountMinor, currency, detail, courseId, title } = row;
  return {
    id,
    key,
    createdAt,
    action,
    detail: `${formatAmount(amountMinor, currency)}, ${detail.replaceAll("_", " ")}`,
    reason: null,
    course: { id: courseId, title },
    ...toAuditUsers(row),
  };
}
