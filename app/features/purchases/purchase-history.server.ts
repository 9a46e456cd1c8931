import { and, eq, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import { keysetPage, toPage } from "~/db/keyset-pagination.server";
import { courses, payments, purchases } from "~/db/schema.server";
import { purchaseKey } from "~/db/sort-keys";
import { cancelStripeOrder } from "./cancel-order.server";
import { openFlag } from "./open-flag.server";
import { refundedMinor } from "./refunds/money-back.server";

/** The columns that the buyer may see. */
const columns = {
  id: purchases.id,
  priceMinor: purchases.priceMinor,
  currency: purchases.currency,
  snapshot: purchases.snapshot,
  status: purchases.status,
  reference: purchases.providerReference,
  createdAt: purchases.createdAt,
  paidAt: purchases.paidAt,
  cancelledAt: purchases.cancelledAt,
  refundedAt: purchases.refundedAt,
};

const paymentColumns = {
  provider: purchases.provider,
  paymentState: payments.state,
  paymentFlag: openFlag.as("open_flag"),
  taxMinor: payments.taxMinor,
  method: payments.method,
};

/** Lists one page of a user's purchases, newest first. */
export async function listMyPurchases(db: Database, userId: string, cursor: Cursor) {
  const page = keysetPage({
    table: purchases,
    match: sql`user_id = ${userId}`,
    ranges: [{ prefix: "" }],
    key: purchaseKey,
    order: "desc",
    cursor,
  });
  const rows = await runQuery(
    db
      .select({ ...columns, key: sql<string>`${sql.raw(purchaseKey)}`.as("key") })
      .from(purchases)
      .where(page.where)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(rows, cursor);
}

const ownPurchase = (userId: string, purchaseId: string) =>
  and(eq(purchases.id, purchaseId), eq(purchases.userId, userId));

/** Finds a user's own purchase with the current slug of its course, or null. */
export async function findMyPurchase(db: Database, userId: string, purchaseId: string) {
  const found = await runQuery(
    db
      .select({
        ...columns,
        ...paymentColumns,
        courseSlug: courses.slug,
        refundedMinor: refundedMinor(sql`${purchaseId}`).as("refunded_minor"),
      })
      .from(purchases)
      .innerJoin(courses, eq(courses.id, purchases.courseId))
      .leftJoin(payments, eq(payments.purchaseId, purchases.id))
      .where(ownPurchase(userId, purchaseId))
      .get(),
  );
  return found ?? null;
}

/** Does nothing if the order is no longer pending. @throws {ServiceUnavailableError} */
export async function cancelMyOrder(
  context: AppContext,
  userId: string,
  purchaseId: string,
  now: number,
): Promise<void> {
  const order = { purchaseId, userId, changedBy: userId };
  if (await cancelStripeOrder(context, order, now)) return;
  const { db } = context;
  await runQuery(
    db
      .update(purchases)
      .set({ status: "cancelled", cancelledAt: now })
      .where(and(ownPurchase(userId, purchaseId), eq(purchases.status, "pending"))),
  );
}
