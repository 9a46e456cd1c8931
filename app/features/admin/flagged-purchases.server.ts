import { desc, eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { disputes, payments, purchases, refunds } from "~/db/schema.server";
import { hasFailedRefund, hasOpenDispute } from "./purchase-list.server";

const flaggedLimit = 20;

/** The newest purchases that an admin has to look at. A partial index needs the literal. */
export async function listFlaggedPurchases(db: Database) {
  const ids = sql`select purchase_id from ${payments} where flag is not null
      and exists (select 1 from ${purchases} p where p.id = purchase_id and p.status <> 'refunded')
    union select purchase_id from ${refunds} where status in ('failed', 'canceled') and decision is null
    union select purchase_id from ${disputes} where status = 'open'`;
  return runQuery(
    db
      .select({
        id: purchases.id,
        reference: purchases.providerReference,
        snapshot: purchases.snapshot,
        status: purchases.status,
        flag: payments.flag,
        hasFailedRefund: hasFailedRefund.as("has_failed_refund"),
        hasOpenDispute: hasOpenDispute.as("has_open_dispute"),
      })
      .from(purchases)
      .leftJoin(payments, eq(payments.purchaseId, purchases.id))
      .where(sql`${purchases.id} in (${ids})`)
      .orderBy(desc(purchases.createdAt))
      .limit(flaggedLimit),
  );
}

export type FlaggedPurchase = Awaited<ReturnType<typeof listFlaggedPurchases>>[number];
