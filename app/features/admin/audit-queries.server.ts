import { eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Database } from "~/db/client.server";
import { newestKey } from "~/db/keyset-pagination.server";
import { courseChanges, courses, paymentChanges, roleChanges, users } from "~/db/schema.server";
import { formatAmount } from "~/features/courses/money";
import type { AuditEntry } from "./audit-entry";

export type AuditTable = typeof roleChanges | typeof courseChanges | typeof paymentChanges;
type Order = "asc" | "desc";

interface Rows {
  where: SQL;
  limit: number;
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

export function selectRoleEntries(db: Database, { where, limit }: Rows, order: Order) {
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
    .where(sql`${roleChanges}.${where}`)
    .orderBy(sql`key ${sql.raw(order)}`)
    .limit(limit);
}

export function selectCourseEntries(db: Database, { where, limit }: Rows, order: Order) {
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
    .where(sql`${courseChanges}.${where}`)
    .orderBy(sql`key ${sql.raw(order)}`)
    .limit(limit);
}

export function selectPaymentEntries(db: Database, { where, limit }: Rows, order: Order) {
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
    .where(sql`${paymentChanges}.${where}`)
    .orderBy(sql`key ${sql.raw(order)}`)
    .limit(limit);
}

type RoleRow = Awaited<ReturnType<typeof selectRoleEntries>>[number];
type CourseRow = Awaited<ReturnType<typeof selectCourseEntries>>[number];
type PaymentRow = Awaited<ReturnType<typeof selectPaymentEntries>>[number];
export type AuditRows = readonly [readonly RoleRow[], readonly CourseRow[], readonly PaymentRow[]];

export function toEntries(rows: AuditRows, order: Order): AuditEntry[] {
  const [roleRows, courseRows, paymentRows] = rows;
  const entries = [
    ...roleRows.map(toRoleEntry),
    ...courseRows.map(toCourseEntry),
    ...paymentRows.map(toPaymentEntry),
  ];
  const direction = order === "desc" ? -1 : 1;
  return entries.sort((a, b) => (a.key < b.key ? -direction : direction));
}

function toAuditUsers(row: Pick<CourseRow, keyof typeof userColumns>) {
  const { personId, personName, personEmail, actorId, actorName, actorEmail } = row;
  return {
    person: personId === null ? null : { id: personId, name: personName, email: personEmail },
    changedBy: actorId === null ? null : { id: actorId, name: actorName, email: actorEmail },
  };
}

function toRoleEntry(row: RoleRow): AuditEntry {
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

function toCourseEntry(row: CourseRow): AuditEntry {
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

function toPaymentEntry(row: PaymentRow): AuditEntry {
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
