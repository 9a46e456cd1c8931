import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import type { StripeEventOutcome } from "~/db/enums";
import type { StripeEvent } from "~/stripe/stripe-event.server";
import { reportSession } from "./report-session.server";
import { eventOutcome, recordEvent } from "./stripe-ledger.server";

interface Received {
  outcome: StripeEventOutcome;
  /** Whose courses have changed, if any. */
  userId: string | null;
}

/** Applies an event or records why not. @throws {ServiceUnavailableError}: Stripe then retries. */
export async function receiveStripeEvent(
  { db }: AppContext,
  { id, type, change }: StripeEvent,
  now: number,
): Promise<Received> {
  if (change.kind === "session") {
    const { session } = change;
    const applied = await reportSession(db, session, now, {
      id,
      type,
      sessionId: session.id,
      error: null,
    });
    if (applied !== null) {
      const { record, purchase } = applied;
      const userId = purchase?.isChanged ? purchase.userId : null;
      return { outcome: record ? eventOutcome(record) : "stale", userId };
    }
  }
  const outcome = change.kind === "rejected" ? "rejected" : "ignored";
  const error = change.kind === "rejected" ? change.error : null;
  const event = { id, type, sessionId: null, error };
  const [record] = await runQuery(recordEvent(db, event, outcome, now));
  return { outcome: record ? eventOutcome(record) : outcome, userId: null };
}
