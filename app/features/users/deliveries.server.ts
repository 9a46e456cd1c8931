import { lt, type Placeholder, type SQL, sql } from "drizzle-orm";
import { type Database, fromDatabase } from "../../db/client.server";
import { knownStatement } from "../../db/known-statement.server";
import { users, webhookDeliveries } from "../../db/schema.server";
import type { DeliveryOutcome, UserChange } from "./user";

/** One Svix message as it arrived. */
export interface Delivery {
  svixId: string;
  type: string;
  clerkUserId: string | null;
  /** Why it was rejected: the fields, never their values. */
  error: string | null;
}

/** What the ledger says of a delivery that was written down. */
export interface DeliveryRow {
  outcome: DeliveryOutcome;
  attempts: number;
}

const retentionMs = 30 * 24 * 60 * 60 * 1000;

/** What a change is about to do, asked before it acts: nothing to a tombstone, nothing to a row that is newer. A deletion has no revision. */
const outcome = sql`case when exists (
    select 1 from ${users} where ${users.clerkUserId} = ${sql.placeholder("clerkUserId")}
      and (${users.deletedAt} is not null or ${users.clerkUpdatedAt} > ${sql.placeholder("clerkUpdatedAt")})
  ) then 'stale' else 'applied' end`;

/**
 * Writes the delivery of a change down; the same Svix id again counts an attempt and keeps its first outcome. Goes first in the
 * batch with the change it speaks of, so that the outcome is decided on the state before that change.
 */
export function recordChange(
  db: Database,
  delivery: Delivery,
  change: UserChange,
  now: number,
): D1PreparedStatement {
  const clerkUpdatedAt = change.kind === "state" ? change.state.clerkUpdatedAt : null;
  return changeStatement(db, { ...delivery, clerkUpdatedAt, now });
}

const changeStatement = knownStatement<keyof Delivery | "clerkUpdatedAt" | "now">((db) =>
  insertDelivery(
    db,
    {
      svixId: sql.placeholder("svixId"),
      type: sql.placeholder("type"),
      clerkUserId: sql.placeholder("clerkUserId"),
      error: sql.placeholder("error"),
    },
    outcome,
    sql.placeholder("now"),
  ),
);

/** Writes down a delivery that changes nobody. */
export function recordDelivery(
  db: Database,
  delivery: Delivery,
  outcome: "ignored" | "rejected",
  now: number,
) {
  return insertDelivery(db, delivery, outcome, now);
}

type Written<Value> = Value | Placeholder;

function insertDelivery(
  db: Database,
  delivery: { [Field in keyof Delivery]: Written<Delivery[Field]> },
  outcome: SQL | "ignored" | "rejected",
  now: Written<number>,
) {
  return db
    .insert(webhookDeliveries)
    .values({ ...delivery, outcome, firstReceivedAt: now, lastReceivedAt: now })
    .onConflictDoUpdate({
      target: webhookDeliveries.svixId,
      set: { attempts: sql`${webhookDeliveries.attempts} + 1`, lastReceivedAt: sql`${now}` },
    })
    .returning({ outcome: webhookDeliveries.outcome, attempts: webhookDeliveries.attempts });
}

/**
 * Forgets deliveries older than 30 days.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function pruneDeliveries(db: Database, now: number): Promise<void> {
  await fromDatabase(
    db.delete(webhookDeliveries).where(lt(webhookDeliveries.lastReceivedAt, now - retentionMs)),
  );
}
