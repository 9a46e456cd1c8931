import { and, desc, eq, exists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { v7 as uuidv7 } from "uuid";
import { isActive } from "~/access/active-user.server";
import { can } from "~/access/permissions";
import { type Database, runQuery } from "~/db/client.server";
import { type Role, roles } from "~/db/enums";
import { roleChanges, users } from "~/db/schema.server";
import { activeUser, isActiveAdmin } from "~/db/user-groups";
import type { User } from "./user";

export interface RoleChangeRequest {
  /** A Clerk user id. */
  changedBy: string;
  userId: string;
  to: Role;
  reason: string;
  /** The role and its latest change, as shown to the admin. */
  expected: { role: Role; changeId: string | null };
}

export interface RoleChange {
  id: string;
  fromRole: Role;
  toRole: Role;
  reason: string;
  createdAt: number;
  /** Null if granted from the command line. */
  changedBy: string | null;
  changedByName: string | null;
}

export type RoleChangeOutcome =
  | { kind: "changed"; user: User; changeId: string }
  | {
      kind: "conflict";
      user: User;
      expected: RoleChangeRequest["expected"];
      latest: RoleChange | null;
    }
  | { kind: "last-admin"; user: User }
  | { kind: "deleted"; user: User }
  | { kind: "not-found" }
  | { kind: "not-allowed" };

const changingRoles = roles.filter((role) => can(role, "users.change-role"));

/**
 * Changes and records a role. One statement checks that the user, role and history are as expected,
 * that the changer is an admin and that an active admin remains.
 * @throws {ServiceUnavailableError} if D1 fails; the outcome is then unknown.
 */
export async function changeRole(
  db: Database,
  request: RoleChangeRequest,
  now: number,
): Promise<RoleChangeOutcome> {
  const id = uuidv7();
  const change = { role: request.to, metadataPending: true, metadataRetryAt: null, updatedAt: now };
  const insertedChange = db.select().from(roleChanges).where(eq(roleChanges.id, id));
  const [, [changed], [user], [latest], [changer]] = await runQuery(
    db.batch([
      insertRoleChange(db, request, id, now),
      db
        .update(users)
        .set(change)
        .where(and(eq(users.id, request.userId), exists(insertedChange)))
        .returning(),
      db.select().from(users).where(eq(users.id, request.userId)),
      selectRoleChanges(db, request.userId, 1),
      db.select().from(users).where(eq(users.clerkUserId, request.changedBy)),
    ]),
  );
  if (changed) return { kind: "changed", user: changed, changeId: id };
  if (!changer || !isActive(changer) || !can(changer.role, "users.change-role")) {
    return { kind: "not-allowed" };
  }
  return explainFailure(request, user, latest ?? null);
}

function explainFailure(
  { expected }: RoleChangeRequest,
  user: User | undefined,
  latest: RoleChange | null,
): RoleChangeOutcome {
  if (!user) return { kind: "not-found" };
  if (user.deletedAt !== null) return { kind: "deleted", user };
  const isAsExpected = user.role === expected.role && (latest?.id ?? null) === expected.changeId;
  return isAsExpected ? { kind: "last-admin", user } : { kind: "conflict", user, expected, latest };
}

function insertRoleChange(
  db: Database,
  { changedBy, userId, to, reason, expected }: RoleChangeRequest,
  id: string,
  now: number,
) {
  const latest = sql`(select id from ${roleChanges} where user_id = ${userId} order by created_at desc, id desc limit 1)`;
  const otherAdmin = sql`exists (select 1 from ${users} where ${sql.raw(isActiveAdmin)} and id <> ${userId})`;
  return db.insert(roleChanges).select(
    sql`select ${id}, actor.id, person.id, person.role, ${to}, ${reason}, ${now}
      from ${users} person join ${users} actor on actor.clerk_user_id = ${changedBy}
      where person.id = ${userId} and person.deleted_at is null
        and person.role = ${expected.role} and person.role <> ${to} and ${latest} is ${expected.changeId}
        and ${sql.raw(activeUser("actor"))} and actor.role in (select value from json_each(${JSON.stringify(changingRoles)}))
        and (${to} = 'admin' or ${otherAdmin})`,
  );
}

const changer = alias(users, "actor");

/** A query for a batch, newest first. */
export function selectRoleChanges(db: Database, userId: string, limit: number) {
  return db
    .select({
      id: roleChanges.id,
      fromRole: roleChanges.fromRole,
      toRole: roleChanges.toRole,
      reason: roleChanges.reason,
      createdAt: roleChanges.createdAt,
      changedBy: roleChanges.changedBy,
      // D1 returns batch rows as objects, so column names must be unique.
      changedByName: sql<string | null>`${changer.name}`.as("changed_by_name"),
    })
    .from(roleChanges)
    .leftJoin(changer, eq(changer.id, roleChanges.changedBy))
    .where(eq(roleChanges.userId, userId))
    .orderBy(desc(roleChanges.createdAt), desc(roleChanges.id))
    .limit(limit);
}
