import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, runQuery } from "~/db/client.server";
import { type Cursor, parseCursor } from "~/db/cursor";
import { keysetPage, type Page, pageLength, toPage } from "~/db/keyset-pagination.server";
import { courseChanges, paymentChanges, roleChanges } from "~/db/schema.server";
import { courseChangeKey, roleChangeKey } from "~/db/sort-keys";
import { selectUserIds } from "~/features/users/find-users.server";
import type { AuditEntry } from "./audit-entry";
import {
  type AuditRows,
  type AuditTable,
  selectCourseEntries,
  selectPaymentEntries,
  selectRoleEntries,
  toEntries,
} from "./audit-queries.server";

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
  const order = query.before === null ? "desc" : "asc";
  const rows = await runQuery(
    db.batch([
      selectRoleEntries(db, auditPage(roleChanges, roleChangeKey, query, length), order),
      selectCourseEntries(db, auditPage(courseChanges, courseChangeKey, query, length), order),
      selectPaymentEntries(db, auditPage(paymentChanges, courseChangeKey, query, length), order),
    ]),
  );
  return toPage(toEntries(rows, order).slice(0, length + 1), query, length);
}

function auditPage(table: AuditTable, key: string, query: AuditQuery, length: number) {
  const range = { ranges: [{ prefix: "" }], order: "desc", cursor: query, length } as const;
  return keysetPage({ table, ...userFilter(query.person, key), ...range });
}

/** The unary plus disables the sort index, so the cost depends only on that person's changes. */
function userFilter(text: string, key: string) {
  if (text === "") return { match: sql`true`, key };
  const ids = selectUserIds(text);
  return { match: sql`(user_id in ${ids} or changed_by in ${ids})`, key: `(+${key})` };
}

/** Queries for a batch: the latest entries about or by a user, at most `limit` rows each. */
export function selectRecentEntries(db: Database, userId: string, limit: number) {
  const page = (table: AuditTable) => {
    const rowsBy = (column: "user_id" | "changed_by") =>
      sql`select rowid from (select rowid from ${table} where ${sql.raw(column)} = ${userId} order by created_at desc limit ${limit})`;
    return { where: sql`rowid in (${rowsBy("user_id")} union ${rowsBy("changed_by")})`, limit };
  };
  return [
    selectRoleEntries(db, page(roleChanges), "desc"),
    selectCourseEntries(db, page(courseChanges), "desc"),
    selectPaymentEntries(db, page(paymentChanges), "desc"),
  ] as const;
}

/** The result of `selectRecentEntries`, newest first. */
export const toRecentEntries = (rows: AuditRows, limit: number): AuditEntry[] =>
  toEntries(rows, "desc").slice(0, limit);
