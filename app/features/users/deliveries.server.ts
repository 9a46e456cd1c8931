import { lt, type SQL, sql } from "drizzle-orm";
import { type Database, fromDatabase } from "../../db/client.server";
import { users, webhookDeliveries } from "../../db/schema.server";

/** One Svix message as it arrived. */
export interface Delivery {
  svixId: string;
  type: string;
  clerkUserId: string | null;
}

const retentionMs = 30 * 24 * 60 * 60 * 1000;

/** What `insertUser` is about to do with this revision: the same rule, asked before it acts. */
export const outcomeOfState = (clerkUserId: string, clerkUpdatedAt: number): SQL => sql`
  case when exists (
    select 1 from ${users} where ${users.clerkUserId} = ${clerkUserId}
      and (${users.deletedAt} is not null or ${users.clerkUpdatedAt} > ${clerkUpdatedAt})
  ) then 'stale' else 'applied' end`;

/** What `deleteUser` is about to do: a second deletion changes nothing. */
export const outcomeOfDeletion = (clerkUserId: string): SQL => sql`
  case when exists (
    select 1 from ${users} where ${users.clerkUserId} = ${clerkUserId} and ${users.deletedAt} is not null
  ) then 'stale' else 'applied' end`;

/**
 * Writes the delivery down; the same Svix id again counts an attempt and keeps its first outcome.
 * Goes first in the batch with the change it speaks of, so that the outcome is decided on the state before that change.
 */
export function recordDelivery(
  db: Database,
  delivery: Delivery,
  outcome: SQL | "ignored" | "rejected",
  now: number,
  error: string | null = null,
) {
  return db
    .insert(webhookDeliveries)
    .values({
      ...delivery,
      outcome: typeof outcome === "string" ? outcome : sql`${outcome}`,
      firstReceivedAt: now,
      lastReceivedAt: now,
      error,
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
