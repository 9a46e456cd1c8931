import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import { purchases, refunds } from "~/db/schema.server";
import { ServiceUnavailableError } from "~/errors";
import type { StripeApi } from "~/stripe/stripe-api.server";
import { updateAttention } from "../update-attention.server";
import { applyRefund } from "./apply-refund.server";
import { insertPaymentChanges } from "./payment-changes.server";

type Refund = typeof refunds.$inferSelect;
type Context = Pick<AppContext, "db" | "stripe">;

/**
 * Sends a stored refund to Stripe. A repetition has the same idempotency key.
 * @throws {ServiceUnavailableError} if the outcome is unknown.
 */
export async function continueRefund(
  { db, stripe }: Context,
  refund: Refund,
  now: number,
): Promise<string | null> {
  const { id, purchaseId, paymentIntentId, amountMinor, reason } = refund;
  if (stripe === null || paymentIntentId === null || purchaseId === null) {
    throw new ServiceUnavailableError("Stripe is not configured");
  }
  const answer = await stripe.createRefund({
    id,
    orderId: purchaseId,
    paymentIntentId,
    amountMinor,
    reason: reason ?? "requested_by_customer",
  });
  if (answer.kind === "created") return (await applyRefund(db, answer.refund, now)).changedUserId;
  // An internal error may have had an effect, and a refusal may be due to another refund.
  const changedUserId = await applyRefundsOf(db, stripe, paymentIntentId, now);
  await giveUp(db, refund, answer.kind === "refused" ? answer.code : "stripe_error", now);
  return changedUserId;
}

/** Applies all refunds of a payment. Returns whose courses have changed, if any. */
export async function applyRefundsOf(
  db: Database,
  stripe: StripeApi,
  paymentIntentId: string,
  now: number,
): Promise<string | null> {
  let changedUserId: string | null = null;
  for (const refund of await stripe.findRefunds(paymentIntentId)) {
    changedUserId = (await applyRefund(db, refund, now)).changedUserId ?? changedUserId;
  }
  return changedUserId;
}

/** Only if Stripe does not have the refund. */
async function giveUp(
  db: Database,
  { id, purchaseId }: Refund,
  code: string,
  now: number,
): Promise<void> {
  const isWaiting = sql`id = ${id} and stripe_refund_id is null and status = 'pending'`;
  const entry = {
    changedBy: null,
    action: "refund-failed",
    amountMinor: sql`given_up.amount_minor`,
    currency: sql`given_up.currency`,
    detail: code,
  };
  const from = sql`from (select * from ${refunds} where ${isWaiting}) given_up
    join ${purchases} bought on bought.id = given_up.purchase_id`;
  await runQuery(
    db.batch([
      insertPaymentChanges(db, entry, from, now),
      db
        .update(refunds)
        .set({ status: "failed", failureReason: code, updatedAt: now })
        .where(isWaiting),
      updateAttention(db, sql`${purchaseId}`),
    ]),
  );
}

const maxPerTick = 20;
/** Stripe did not answer. */
const retryDelayMs = 90_000;
/** The bank has not answered. */
const pendingIntervalMs = 60 * 60 * 1000;

/** Continues refunds that Stripe or a bank has not answered. Returns whose courses have changed. */
export async function continuePendingRefunds(
  db: Database,
  stripe: StripeApi,
  now: number,
): Promise<string[]> {
  const due = await runQuery(
    db
      .select()
      .from(refunds)
      .where(
        and(
          // The partial index needs a literal.
          sql`status = 'pending'`,
          or(
            and(isNull(refunds.stripeRefundId), lt(refunds.checkedAt, now - retryDelayMs)),
            lt(refunds.checkedAt, now - pendingIntervalMs),
          ),
        ),
      )
      .orderBy(asc(refunds.checkedAt))
      .limit(maxPerTick),
  );
  const changed: string[] = [];
  for (const refund of due) {
    const userId = await checkPending(db, stripe, refund, now);
    if (userId !== null) changed.push(userId);
  }
  return changed;
}

async function checkPending(db: Database, stripe: StripeApi, refund: Refund, now: number) {
  const { id, paymentIntentId } = refund;
  await runQuery(db.update(refunds).set({ checkedAt: now }).where(eq(refunds.id, id)));
  if (paymentIntentId === null) return null;
  const userId = await applyRefundsOf(db, stripe, paymentIntentId, now);
  const found = await runQuery(db.select().from(refunds).where(eq(refunds.id, id)).get());
  const isWaiting = found?.status === "pending" && found.stripeRefundId === null;
  return isWaiting ? await continueRefund({ db, stripe }, found, now) : userId;
}
