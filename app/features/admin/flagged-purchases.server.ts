import { desc, eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { disputes, payments, purchases, refunds } from "~/db/schema.server";
import { openFlag } from "~/features/purchases/open-flag.server";
import { hasFailedRefund, hasOpenDispute } from "./purchase-list.server";

const flaggedLimit = 100;

/**
 * The purchases that an admin has to look at: first failed refunds, last disputes; newest first. A
 * partial index needs the literal.
 */
export async function listFlaggedPurchases(db: Database) {
  const ids = sql`select purchase_id from ${payments} where flag is not null
    union select purchase_id from ${refunds} where status in ('failed', 'canceled') and decision is null
    union select purchase_id from ${disputes} where status = 'open'`;
  return runQuery(
    db
      .select({
        id: purchases.id,
        reference: purchases.providerReference,
        snapshot: purchases.snapshot,
        flag: openFlag.as("open_flag"),
        hasFailedRefund: hasFailedRefund.as("has_failed_refund"),
        hasOpenDispute: hasOpenDispute.as("has_open_dispute"),
        /** Of all of them, also of those beyond the limit. */
        total: sql<number>`count(*) over ()`.as("total"),
      })
      .from(purchases)
      .leftJoin(payments, eq(payments.purchaseId, purchases.id))
      .where(
        sql`${purchases.id} in (${ids}) and (${openFlag} is not null or ${hasFailedRefund} or ${hasOpenDispute})`,
      )
      .orderBy(sql`${hasFailedRefund} desc`, sql`${openFlag} is null`, desc(purchases.createdAt))
      .limit(flaggedLimit),
  );
}

export type FlaggedPurchase = Awaited<ReturnType<typeof listFlaggedPurchases>>[number];
