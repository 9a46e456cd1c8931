import { lt, type SQL, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { StripeEventOutcome } from "~/db/enums";
import { stripeEvents } from "~/db/schema.server";

export interface ReceivedEvent {
  id: string;
  type: string;
  sessionId: string | null;
  /** Names of invalid fields, never their values. */
  error: string | null;
}

const retentionMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Must come first in the batch, to see the state before the change. Repeats keep the outcome, but
 * an unmatched event can find its order later. Without an event, nothing is written.
 */
export function recordEvent(
  db: Database,
  event: ReceivedEvent | undefined,
  outcome: SQL | StripeEventOutcome,
  now: number,
) {
  const { id, type, sessionId, error } = event ?? {
    id: "",
    type: "",
    sessionId: null,
    error: null,
  };
  return db
    .insert(stripeEvents)
    .select(
      sql`select ${id}, ${type}, ${sessionId}, ${outcome}, 1, ${now}, ${now}, ${error}
        where ${event !== undefined}`,
    )
    .onConflictDoUpdate({
      target: stripeEvents.id,
      set: {
        attempts: sql`${stripeEvents.attempts} + 1`,
        lastReceivedAt: now,
        outcome: sql`case ${stripeEvents.outcome} when 'unmatched' then excluded.outcome else ${stripeEvents.outcome} end`,
      },
    })
    .returning({ outcome: stripeEvents.outcome, attempts: stripeEvents.attempts });
}

export const eventOutcome = ({
  outcome,
  attempts,
}: {
  outcome: StripeEventOutcome;
  attempts: number;
}): StripeEventOutcome => (attempts > 1 && outcome !== "unmatched" ? "duplicate" : outcome);

/** Deletes events older than 30 days. */
export async function pruneStripeEvents(db: Database, now: number): Promise<void> {
  await runQuery(db.delete(stripeEvents).where(lt(stripeEvents.lastReceivedAt, now - retentionMs)));
}
