import { sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { disputes, purchases, receivedPayments, refunds } from "~/db/schema.server";
import { insertPaymentChanges } from "./payment-changes.server";

/** Refunds and disputes of a payment whose order was not known when they arrived. */
interface Payment {
  orderId: string;
  paymentIntentId: string;
}

/** Three statements, once the payment has its order. Must come before `endAccess`. */
export function linkToPurchase(db: Database, { orderId, paymentIntentId }: Payment, now: number) {
  const isOfOrder = sql`exists (select 1 from ${receivedPayments}
    where ${receivedPayments.purchaseId} = ${orderId} and ${receivedPayments.id} = ${paymentIntentId})`;
  const unlinked = sql`(
    select 'refund-' || status as action, amount_minor, currency, coalesce(failure_reason, reason, id) as detail
      from ${refunds} where payment_intent_id = ${paymentIntentId} and purchase_id is null
    union all select 'dispute-' || status, amount_minor, currency, reason
      from ${disputes} where payment_intent_id = ${paymentIntentId} and purchase_id is null) back`;
  const entry = {
    changedBy: null,
    action: sql`back.action`,
    amountMinor: sql`back.amount_minor`,
    currency: sql`back.currency`,
    detail: sql`back.detail`,
  };
  const from = sql`from ${purchases} bought join ${unlinked} where bought.id = ${orderId} and ${isOfOrder}`;
  return [
    insertPaymentChanges(db, entry, from, now),
    db
      .update(refunds)
      .set({ purchaseId: orderId })
      .where(
        sql`${refunds.paymentIntentId} = ${paymentIntentId} and ${refunds.purchaseId} is null and ${isOfOrder}`,
      ),
    db
      .update(disputes)
      .set({ purchaseId: orderId })
      .where(
        sql`${disputes.paymentIntentId} = ${paymentIntentId} and ${disputes.purchaseId} is null and ${isOfOrder}`,
      ),
  ] as const;
}
