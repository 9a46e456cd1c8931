import { lt, type SQL, sql } from "drizzle-orm";
import type { UserChange } from "~/clerk/user-state.server";
import { type Database, runQuery } from "~/db/client.server";
import type { DeliveryOutcome } from "~/db/enums";
import { users, webhookDeliveries } from "~/db/schema.server";

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

/**
 * Records the delivery of a change; a repeated Svix id counts an attempt and keeps its first outcome. Goes first in the batch
 * with the change, so that the outcome is decided on the state before it.
 */
export function recordChange(db: Database, delivery: Delivery, change: UserChange, now: number) {
  // A deletion has no revision.
  const clerkUpdatedAt = change.kind === "state" ? change.state.clerkUpdatedAt : null;
  const outcome = sql`case when exists (
      select 1 from ${users} where ${users.clerkUserId} = ${delivery.clerkUserId}
        and (${users.deletedAt} is not null or ${users.clerkUpdatedAt} > ${clerkUpdatedAt})
    ) then 'stale' else 'applied' end`;
  return insertDelivery(db, delivery, outcome, now);
}

/** Records a delivery that changes no user. */
export function recordDelivery(
  db: Database,
  delivery: Delivery,
  outcome: "ignored" | "rejected",
  now: number,
) {
  return insertDelivery(db, delivery, outcome, now);
}

function insertDelivery(
  db: Database,
  delivery: Delivery,
  outcome: SQL | "ignored" | "rejected",
  now: number,
) {
  return db
    .insert(webhookDeliveries)
    .values({ ...delivery, outcome, firstReceivedAt: now, lastReceivedAt: now })
    .onConflictDoUpdate({
      target: webhookDeliveries.svixId,
      set: { attempts: sql`${webhookDeliveries.attempts} + 1`, lastReceivedAt: now },
    })
    .returning({ outcome: webhookDeliveries.outcome, attempts: webhookDeliveries.attempts });
}

/**
 * Forgets deliveries older than 30 days.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function pruneDeliveries(db: Database, now: number): Promise<void> {
  await runQuery(
    db.delete(webhookDeliveries).where(lt(webhookDeliveries.lastReceivedAt, now - retentionMs)),
  );
}
