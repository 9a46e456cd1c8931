import { lt, type SQL, sql } from "drizzle-orm";
import { type Database, fromDatabase } from "../../db/client.server";
import { users, webhookDeliveries } from "../../db/schema.server";
import type { UserChange } from "./user";

/** One Svix message as it arrived. */
export interface Delivery {
  svixId: string;
  type: string;
  clerkUserId: string | null;
  /** Why it was rejected: the fields, never their values. */
  error: string | null;
}

const retentionMs = 30 * 24 * 60 * 60 * 1000;

/** What the change is about to do, asked before it acts: nothing to a tombstone, nothing to a newer row. */
export function outcomeOf(change: UserChange): SQL {
  const clerkUserId = change.kind === "state" ? change.state.clerkUserId : change.clerkUserId;
  const newer =
    change.kind === "state"
      ? sql`${users.clerkUpdatedAt} > ${change.state.clerkUpdatedAt}`
      : sql`false`;
  return sql`case when exists (
    select 1 from ${users} where ${users.clerkUserId} = ${clerkUserId} and (${users.deletedAt} is not null or ${newer})
  ) then 'stale' else 'applied' end`;
}

/**
 * Writes the delivery down; the same Svix id again counts an attempt and keeps its first outcome.
 * Goes first in the batch with the change it speaks of, so that the outcome is decided on the state before that change.
 */
export function recordDelivery(
  db: Database,
  delivery: Delivery,
  outcome: SQL | "ignored" | "rejected",
  now: number,
) {
  return db
    .insert(webhookDeliveries)
    .values({
      ...delivery,
      outcome: typeof outcome === "string" ? outcome : sql`${outcome}`,
      firstReceivedAt: now,
      lastReceivedAt: now,
    })
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
  await fromDatabase(
    db.delete(webhookDeliveries).where(lt(webhookDeliveries.lastReceivedAt, now - retentionMs)),
  );
}
