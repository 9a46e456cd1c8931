import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { payments, purchases, receivedPayments } from "~/db/schema.server";
import type { CheckoutSession } from "~/stripe/checkout-session.server";
import { insertPaymentChanges } from "./refunds/payment-changes.server";

type PaidSession = Pick<CheckoutSession, "id" | "paymentIntentId" | "amountTotal" | "currency">;

/** The payment of the session; its id if nothing was to pay. */
export const receivedId = ({ id, paymentIntentId }: PaidSession) => paymentIntentId ?? id;

/** Other money that Stripe has received for the order. */
export const hasOtherMoney = (orderId: string, session: PaidSession | null): SQL =>
  sql`exists (select 1 from ${receivedPayments} other
    where other.purchase_id = ${orderId} and not ${isOf(session, sql`other.id`)})`;

const isOf = (session: PaidSession | null, id: SQL): SQL =>
  session === null ? sql`false` : sql`${id} in (${receivedId(session)}, ${session.id})`;

const order = sql`from ${purchases} bought join ${payments} paid on paid.purchase_id = bought.id`;

/** New money for an order that was already paid, outside Stripe or through another session. */
function isSecondPayment(orderId: string, session: PaidSession | null): SQL {
  const isFirst = sql`(paid.state = 'paid' and paid.session_id = ${session?.id ?? null})`;
  return sql`bought.id = ${orderId} and ${session !== null} and not ${isFirst}
    and (bought.status in ('paid', 'refunded') or ${hasOtherMoney(orderId, session)})
    and not exists (select 1 from ${receivedPayments} known where ${isOf(session, sql`known.id`)})`;
}

/**
 * Four statements about money that has arrived through any session of the order. They must come
 * before the change of the purchase and its payment. A payment is flagged as the second one once:
 * an admin may have marked it as done.
 */
export function receivePayment(
  db: Database,
  orderId: string,
  session: PaidSession | null,
  now: number,
) {
  const { id, amountTotal, currency } = session ?? { id: "", amountTotal: null, currency: null };
  const money = {
    amountMinor: sql`coalesce(${amountTotal}, bought.price_minor)`,
    currency: sql`coalesce(${currency}, bought.currency)`,
  };
  const isSecond = isSecondPayment(orderId, session);
  const entry = { changedBy: null, action: "second-payment", ...money, detail: id };
  const newId = session === null ? "" : receivedId(session);
  return [
    insertPaymentChanges(db, entry, sql`${order} where ${isSecond}`, now),
    db
      .update(payments)
      .set({ flag: "second-payment" })
      .where(
        sql`${payments.purchaseId} in (select bought.id ${order} where ${isSecond} and paid.state = 'paid')`,
      ),
    // Second payments of earlier releases have the id of their session.
    db.update(receivedPayments).set({ id: newId }).where(sql`${receivedPayments.id} = ${id}`),
    db
      .insert(receivedPayments)
      .select(
        sql`select ${newId}, bought.id, ${money.amountMinor}, ${money.currency}, ${now}
          ${order} where bought.id = ${orderId} and ${session !== null}`,
      )
      .onConflictDoUpdate({
        target: receivedPayments.id,
        set: { amountMinor: sql`excluded.amount_minor`, currency: sql`excluded.currency` },
      }),
  ] as const;
}
