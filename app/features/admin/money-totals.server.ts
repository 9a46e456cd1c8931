import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { disputes, purchases } from "~/db/schema.server";
import { purchaseKey } from "~/db/sort-keys";
import { refundedMinor } from "~/features/purchases/refunds/money-back.server";

const periodMs = 30 * 24 * 60 * 60 * 1000;

/** The money of the orders of the last 30 days, per currency. */
export function loadMoneyTotals(db: Database, now: number) {
  const since = `${1_000_000_000_000_000 + now - periodMs}`;
  const id = sql`${purchases.id}`;
  const lost = sql`(select coalesce(sum(d.amount_minor), 0) from ${disputes} d
    where d.purchase_id = ${id} and d.status = 'lost')`;
  return runQuery(
    db
      .select({
        currency: purchases.currency,
        paid: sql<number>`sum(${purchases.priceMinor})`.as("paid"),
        refunded: sql<number>`sum(${refundedMinor(id)})`.as("refunded"),
        lost: sql<number>`sum(${lost})`.as("lost"),
      })
      .from(purchases)
      .where(
        sql`${purchases.status} in ('paid', 'refunded') and ${sql.raw(purchaseKey)} >= ${since}`,
      )
      .groupBy(purchases.currency)
      .orderBy(purchases.currency),
  );
}

export type MoneyTotal = Awaited<ReturnType<typeof loadMoneyTotals>>[number];
