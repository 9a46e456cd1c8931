import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, runQuery } from "~/db/client.server";
import { type Cursor, parseCursor } from "~/db/cursor";
import { purchaseStatuses } from "~/db/enums";
import { keysetPage, newestKey, pageLength, toPage } from "~/db/keyset-pagination.server";
import { disputes, payments, purchases, refunds, users } from "~/db/schema.server";
import { purchaseKey } from "~/db/sort-keys";

const statusSchema = z.lazy(() => z.enum(purchaseStatuses).nullable().catch(null));

export interface PurchaseQuery extends Cursor {
  status: z.infer<typeof statusSchema>;
}

/** Parses search params; invalid values are ignored. */
export function parsePurchaseQuery(params: URLSearchParams): PurchaseQuery {
  return { status: statusSchema.parse(params.get("status")), ...parseCursor(params) };
}

const hasFailedRefund = sql<number>`exists (select 1 from ${refunds} where ${refunds.purchaseId} = ${purchases.id}
  and ${refunds.status} in ('failed', 'canceled') and ${refunds.decision} is null)`;
const hasOpenDispute = sql<number>`exists (select 1 from ${disputes} where ${disputes.purchaseId} = ${purchases.id}
  and ${disputes.status} = 'open')`;

/** Lists one page of all purchases, newest first. */
export async function listPurchases(db: Database, query: PurchaseQuery, length = pageLength) {
  const page = keysetPage({
    table: purchases,
    match: sql`status = arm.value ->> '$.status'`,
    ranges: purchaseStatuses
      .filter((status) => query.status === null || query.status === status)
      .map((status) => ({ status, prefix: "" })),
    key: purchaseKey,
    order: "desc",
    cursor: query,
    length,
  });
  const rows = await runQuery(
    db
      .select({
        id: purchases.id,
        person: { id: users.id, name: users.name, email: users.email },
        courseId: purchases.courseId,
        snapshot: purchases.snapshot,
        priceMinor: purchases.priceMinor,
        currency: purchases.currency,
        status: purchases.status,
        reference: purchases.providerReference,
        provider: purchases.provider,
        flag: payments.flag,
        hasFailedRefund: hasFailedRefund.as("has_failed_refund"),
        hasOpenDispute: hasOpenDispute.as("has_open_dispute"),
        createdAt: purchases.createdAt,
        paidAt: purchases.paidAt,
        cancelledAt: purchases.cancelledAt,
        refundedAt: purchases.refundedAt,
        key: newestKey(purchases).as("key"),
      })
      .from(purchases)
      .innerJoin(users, eq(users.id, purchases.userId))
      .leftJoin(payments, eq(payments.purchaseId, purchases.id))
      .where(sql`${purchases}.${page.where}`)
      .orderBy(query.before === null ? sql`key desc` : sql`key asc`)
      .limit(page.limit),
  );
  return toPage(rows, query, length);
}
