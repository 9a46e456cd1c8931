import { eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import * as z from "zod";
import { type Database, fromDatabase } from "../../db/client.server";
import { type Cursor, readCursor } from "../../db/cursor";
import { keysetPage, pageLength, toPage } from "../../db/keyset.server";
import { roleChangeKey, userGroup, userKeys } from "../../db/list-keys";
import { roleChanges, users } from "../../db/schema.server";

const personSchema = z.string().trim().max(400).catch("");

export interface AuditQuery extends Cursor {
  /** An id or an e-mail address. */
  person: string;
}

/** Reads a URL; what it does not understand is as if it were not there. */
export function readAuditQuery(params: URLSearchParams): AuditQuery {
  return { person: personSchema.parse(params.get("person") ?? ""), ...readCursor(params) };
}

const person = alias(users, "person");
const actor = alias(users, "actor");

/**
 * One page of the record of role changes, the latest first: of everybody, or those that a person made or underwent.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function listRoleChanges(db: Database, query: AuditQuery, length = pageLength) {
  const page = keysetPage({ ...indexFor(query.person), ...oneRange, cursor: query, length });
  const found = await fromDatabase(
    db
      .select({
        id: roleChanges.id,
        fromRole: roleChanges.fromRole,
        toRole: roleChanges.toRole,
        reason: roleChanges.reason,
        createdAt: roleChanges.createdAt,
        person: { id: person.id, name: person.name, email: person.email },
        changedBy: { id: actor.id, name: actor.name, email: actor.email },
        key: sql<string>`(1000000000000000 + ${roleChanges.createdAt}) || ${roleChanges.id}`.as(
          "key",
        ),
      })
      .from(roleChanges)
      .innerJoin(person, eq(person.id, roleChanges.userId))
      .leftJoin(actor, eq(actor.id, roleChanges.changedBy))
      .where(sql`${roleChanges}.${page.where}`)
      .orderBy(isBackwards(query) ? sql`key asc` : sql`key desc`)
      .limit(page.limit),
  );
  return toPage(found, query, length);
}
export type AuditedChange = Awaited<ReturnType<typeof listRoleChanges>>["rows"][number];

const oneRange = { table: roleChanges, ranges: [{ prefix: "" }], order: "desc" } as const;

const isBackwards = ({ before }: Cursor) => before !== null;

/** Everybody's changes are read off the index in their order; one person's are few, so they are found first and then ordered. */
function indexFor(text: string): { match: SQL; key: string } {
  if (text === "") return { match: sql`true`, key: roleChangeKey };
  const email = sql`lower(${text}) || char(1)`;
  const people = sql`(select id from ${users} where id = ${text} union all
    select id from ${users} where ${sql.raw(userGroup)} in (0, 1, 2, 3)
      and ${sql.raw(userKeys.email)} > ${email} and ${sql.raw(userKeys.email)} < lower(${text}) || char(2))`;
  return {
    match: sql`(user_id in ${people} or changed_by in ${people})`,
    key: `(+${roleChangeKey})`,
  };
}
