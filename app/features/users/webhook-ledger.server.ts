import { and, eq, lt, type SQL, sql } from "drizzle-orm";
import type { UserChange } from "~/clerk/user-state.server";
import { type Database, runQuery } from "~/db/client.server";
import type { DeliveryOutcome } from "~/db/enums";
import { figures, users, webhookDeliveries } from "~/db/schema.server";
import { storableRevision } from "./state-batch.server";

export interface Delivery {
  svixId: string;
  type: string;
  clerkUserId: string | null;
  /** Names of invalid fields, never their values. */
  error: string | null;
}

export interface DeliveryRow {
  outcome: DeliveryOutcome;
  attempts: number;
}

const hourMs = 60 * 60 * 1000;
const retentionMs = 30 * 24 * hourMs;

/** Must come first in the batch, to see the state before the change. Repeats keep the outcome. */
export function recordChange(db: Database, delivery: Delivery, change: UserChange, now: number) {
  // Other changes have no revision.
  const clerkUpdatedAt =
    change.kind === "state" ? storableRevision(change.state.clerkUpdatedAt, now) : null;
  const outcome = sql`case when exists (
      select 1 from ${users} where ${users.clerkUserId} = ${delivery.clerkUserId}
        and (${users.deletedAt} is not null or ${users.clerkUpdatedAt} > ${clerkUpdatedAt})
    ) then 'stale' when ${change.kind === "ended-session"} and not exists (
      select 1 from ${users} where ${users.clerkUserId} = ${delivery.clerkUserId}
    ) then 'ignored' else 'applied' end`;
  return insertDelivery(db, delivery, outcome, now);
}

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

/** Deletes deliveries older than 30 days, and their figures. */
export async function pruneDeliveries(db: Database, now: number): Promise<void> {
  const end = now - retentionMs;
  await runQuery(
    db.batch([
      db.delete(webhookDeliveries).where(lt(webhookDeliveries.lastReceivedAt, end)),
      db
        .delete(figures)
        .where(and(eq(figures.figure, "deliveries"), lt(figures.period, Math.floor(end / hourMs)))),
    ]),
  );
}
