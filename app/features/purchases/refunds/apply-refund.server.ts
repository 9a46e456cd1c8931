import { and, eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import { purchases, refunds } from "~/db/schema.server";
import { courseChangeInserted } from "~/features/courses/course-changes.server";
import type { StripeRefund } from "~/stripe/refund.server";
import { type ReceivedEvent, recordEvent } from "../stripe-ledger.server";
import { updateAttention } from "../update-attention.server";
import { endAccess } from "./money-back.server";
import { insertPaymentChanges, purchaseOfPayment } from "./payment-changes.server";
import { rankOf } from "./rank-sql.server";
import { refundRanks } from "./refund-status";

/**
 * The only place where Stripe changes a refund: in one batch, and only forward, whether the refund
 * was requested here or in Stripe's dashboard. Idempotent. If D1 fails, the write may still have
 * happened.
 */
export async function applyRefund(
  db: Database,
  refund: StripeRefund,
  now: number,
  event?: ReceivedEvent,
) {
  const access = {
    id: uuidv7(),
    changedBy: null,
    action: "purchase-refunded" as const,
    detail: "Stripe: refunded",
    now,
  };
  const purchaseId = purchaseOf(refund);
  const [[record], , , , , , , , [result]] = await runQuery(
    db.batch([
      recordEvent(db, event, outcomeOf(refund), now),
      linkRequest(db, refund),
      auditRefund(db, refund, now),
      insertUnknown(db, refund, now),
      updateStatus(db, refund, now),
      ...endAccess(db, purchaseId, access),
      db
        .select({
          userId: purchases.userId,
          isChanged: sql<number>`${courseChangeInserted(access)}`.as("is_changed"),
        })
        .from(purchases)
        .where(sql`${purchases.id} = ${purchaseId}`),
      updateAttention(db, purchaseId),
    ]),
  );
  return { record: record ?? null, changedUserId: result?.isChanged ? result.userId : null };
}

const purchaseOf = ({ id }: StripeRefund): SQL =>
  sql`(select known.purchase_id from ${refunds} known where known.stripe_refund_id = ${id})`;

const isKnown = ({ id }: StripeRefund): SQL =>
  sql`exists (select 1 from ${refunds} known where known.stripe_refund_id = ${id})`;

function movesForward({ id, status }: StripeRefund): SQL {
  return sql`${refunds.stripeRefundId} = ${id} and ${rankOf(refunds.status, refundRanks)} < ${refundRanks[status]}`;
}

/** The row that the site stored before its request, if Stripe's answer has not arrived yet. */
const isRequest = ({ requestId, paymentIntentId }: StripeRefund): SQL =>
  sql`${refunds.id} = ${requestId} and ${refunds.paymentIntentId} = ${paymentIntentId} and ${refunds.stripeRefundId} is null`;

function outcomeOf(refund: StripeRefund): SQL {
  return sql`case
    when exists (select 1 from ${refunds} where ${isRequest(refund)} or (${movesForward(refund)})) then 'applied'
    when ${isKnown(refund)} then 'stale'
    when not exists (select 1 ${purchaseOfPayment(refund.paymentIntentId)}) then 'unmatched'
    else 'applied' end`;
}

/** Also if the site had given up: what Stripe says counts. */
function linkRequest(db: Database, refund: StripeRefund) {
  return db
    .update(refunds)
    .set({ stripeRefundId: refund.id, status: "pending", failureReason: null })
    .where(sql`${isRequest(refund)} and not ${isKnown(refund)}`);
}

function auditRefund(db: Database, refund: StripeRefund, now: number) {
  const { id, status, amountMinor, currency, failureReason, reason } = refund;
  const moves = sql`exists (select 1 from ${refunds} where ${movesForward(refund)})`;
  return insertPaymentChanges(
    db,
    {
      changedBy: null,
      action: `refund-${status}`,
      amountMinor,
      currency,
      detail: failureReason ?? reason ?? id,
    },
    sql`${purchaseOfPayment(refund.paymentIntentId)} where not ${isKnown(refund)} or ${moves}`,
    now,
  );
}

/** A refund from Stripe's dashboard. Its order may not be known yet. */
function insertUnknown(db: Database, refund: StripeRefund, now: number) {
  const { id, paymentIntentId, amountMinor, currency, reason } = refund;
  return db
    .insert(refunds)
    .select(
      sql`select ${id}, (select bought.id ${purchaseOfPayment(paymentIntentId)}),
        ${paymentIntentId}, ${id}, ${amountMinor}, ${currency}, 'pending', ${reason}, null, null, null, ${now}, ${now}, ${now}
        where not ${isKnown(refund)}`,
    )
    .onConflictDoNothing();
}

function updateStatus(db: Database, refund: StripeRefund, now: number) {
  const { status, failureReason } = refund;
  return db
    .update(refunds)
    .set({ status, failureReason, updatedAt: now })
    .where(and(eq(refunds.stripeRefundId, refund.id), movesForward(refund)));
}
