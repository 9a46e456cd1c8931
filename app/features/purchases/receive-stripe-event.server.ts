import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import type { StripeEventOutcome } from "~/db/enums";
import { errorFields } from "~/log/log.server";
import type { CheckoutSession } from "~/stripe/checkout-session.server";
import type { StripeEvent } from "~/stripe/stripe-event.server";
import { fillPaymentMethod } from "./payment-method.server";
import { applyDispute } from "./refunds/apply-dispute.server";
import { applyRefund } from "./refunds/apply-refund.server";
import { applyRefundedCharge } from "./refunds/apply-refunded-charge.server";
import { reportSession } from "./report-session.server";
import { eventOutcome, recordEvent } from "./stripe-ledger.server";

interface Received {
  outcome: StripeEventOutcome;
  /** Whose courses have changed, if any. */
  userId: string | null;
}

/**
 * Applies an event or records why not.
 * @throws {ServiceUnavailableError}: Stripe then sends the event again.
 */
export async function receiveStripeEvent(
  context: Pick<AppContext, "db" | "stripe">,
  { id, type, change }: StripeEvent,
  now: number,
): Promise<Received> {
  const { db } = context;
  const sessionId = change.kind === "session" ? change.session.id : null;
  const event = { id, type, sessionId, error: null };
  switch (change.kind) {
    case "session": {
      const applied = await reportSession(db, change.session, now, event);
      if (applied === null) break;
      const { record, purchase } = applied;
      return received(record, purchase?.isChanged ? purchase.userId : null);
    }
    case "refund": {
      const { record, changedUserId } = await applyRefund(db, change.refund, now, event);
      return received(record, changedUserId);
    }
    case "dispute": {
      const { record, changedUserId } = await applyDispute(db, change.dispute, now, event);
      return received(record, changedUserId);
    }
    case "charge": {
      const { outcome, changedUserId } = await applyRefundedCharge(context, change.charge, now);
      const [record] = await runQuery(recordEvent(db, event, outcome, now));
      return received(record, changedUserId);
    }
    default:
  }
  const outcome = change.kind === "rejected" ? "rejected" : "ignored";
  const error = change.kind === "rejected" ? change.error : null;
  const [record] = await runQuery(recordEvent(db, { ...event, error }, outcome, now));
  return received(record, null);
}

type LedgerRow = Parameters<typeof eventOutcome>[0];

const received = (record: LedgerRow | null | undefined, userId: string | null): Received => ({
  outcome: record ? eventOutcome(record) : "stale",
  userId,
});

/** Like `receiveStripeEvent`; then learns in the background how an order was paid. */
export async function handleStripeWebhook(
  context: AppContext,
  event: StripeEvent,
  now: number,
): Promise<Received> {
  const result = await receiveStripeEvent(context, event, now);
  const { change } = event;
  if (change.kind === "session" && result.outcome === "applied") {
    fillMethodLater(context, change.session);
  }
  return result;
}

/** Stripe's API may be slow or down: the cron tries again. */
function fillMethodLater(
  { db, stripe, log, waitUntil }: AppContext,
  { id: sessionId, orderId, paymentStatus, method }: CheckoutSession,
): void {
  if (stripe === null || orderId === null || paymentStatus !== "paid" || method !== null) return;
  const filled = fillPaymentMethod({ db, stripe }, { purchaseId: orderId, sessionId });
  waitUntil(
    filled.catch((error) => log("job.failed", { job: "payment-method", ...errorFields(error) })),
  );
}
