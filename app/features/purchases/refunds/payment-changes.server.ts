import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { paymentChanges, purchases, receivedPayments } from "~/db/schema.server";

interface Subject {
  /** Null for Stripe. */
  changedBy: string | null;
  action: SQL | string;
  amountMinor: SQL | number;
  currency: SQL | string;
  detail: SQL | string;
}

/**
 * Audit entries of refunds and disputes. Must come before the change. `from` is a FROM clause with
 * `bought`, the purchase; it returns a row for each entry.
 */
export function insertPaymentChanges(
  db: Database,
  { changedBy, action, amountMinor, currency, detail }: Subject,
  from: SQL,
  now: number,
) {
  return db.insert(paymentChanges).select(
    sql`select lower(hex(randomblob(16))), ${changedBy}, bought.id, bought.course_id, bought.user_id,
      ${action}, ${amountMinor}, ${currency}, ${detail}, ${now} ${from}`,
  );
}

/** The purchase of a payment, as `bought`. */
export const purchaseOfPayment = (paymentIntentId: string): SQL =>
  sql`from ${purchases} bought join ${receivedPayments} paid on paid.purchase_id = bought.id
    and paid.id = ${paymentIntentId}`;
