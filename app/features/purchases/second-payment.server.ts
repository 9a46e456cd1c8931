import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { paymentChanges, payments, purchases } from "~/db/schema.server";
import type { CheckoutSession } from "~/stripe/checkout-session.server";
import { insertPaymentChanges } from "./refunds/payment-changes.server";

type PaidSession = CheckoutSession | null;

const isOfAnotherSession = (id: string): SQL =>
  sql`(${payments.state} = 'paid' and ${payments.sessionId} is not ${id})`;

/**
 * Money for an order that was already paid, outside Stripe or through another session; one entry
 * for each session. Must come before the purchase and the payment change.
 */
export function recordSecondPayment(
  db: Database,
  session: PaidSession,
  { orderId, movesForward }: { orderId: string; movesForward: SQL },
  now: number,
) {
  const { id, amountTotal, currency } = session ?? { id: "", amountTotal: null, currency: null };
  const entry = {
    changedBy: null,
    action: "second-payment",
    amountMinor: sql`coalesce(${amountTotal}, bought.price_minor)`,
    currency: sql`coalesce(${currency}, bought.currency)`,
    detail: id,
  };
  const isPaidOutside = sql`(bought.status in ('paid', 'refunded') and ${movesForward})`;
  const from = sql`from ${purchases} bought join ${payments} on ${payments.purchaseId} = bought.id
    where bought.id = ${orderId} and ${session !== null} and (${isOfAnotherSession(id)} or ${isPaidOutside})
      and not ${isRecorded(orderId, id)}`;
  return insertPaymentChanges(db, entry, from, now);
}

const isRecorded = (orderId: string, id: string, since = 0): SQL =>
  sql`exists (select 1 from ${paymentChanges} entry where entry.purchase_id = ${orderId}
    and entry.action = 'second-payment' and entry.detail = ${id} and entry.created_at >= ${since})`;

/**
 * An order that was already paid through another session. Must come after the payment change. A
 * session whose flag an admin has marked as done is not flagged again.
 */
export function flagSecondPayment(
  db: Database,
  session: PaidSession,
  orderId: string,
  now: number,
) {
  const id = session?.id ?? "";
  return db
    .update(payments)
    .set({ flag: "second-payment" })
    .where(
      sql`${payments.purchaseId} = ${orderId} and ${isOfAnotherSession(id)}
        and ${isRecorded(orderId, id, now)}`,
    );
}
