import { and, eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { PurchaseStatus } from "~/db/enums";
import { payments, purchases } from "~/db/schema.server";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";
import { grantEnrollment } from "./grant-enrollment.server";
import { allowedFrom, canSettle, type Settlement } from "./purchase-status";
import { isMismatchBack, keptAtStripe } from "./refunds/money-back.server";
import { updateAttention } from "./update-attention.server";

export type SettleOutcome =
  | { kind: "settled"; userId: string }
  /** The current status does not allow the settlement. */
  | { kind: "conflict"; status: PurchaseStatus }
  | { kind: "not-found" };

const actions = { paid: "purchase-paid", cancelled: "purchase-cancelled" } as const;

/**
 * "paid" enrolls the buyer (docs/decisions/0013-purchases.md), and accepts a payment of another
 * amount. "cancelled" does not end an order that Stripe may still report as paid. One batch.
 * Idempotent.
 */
export async function settlePurchase(
  db: Database,
  {
    purchaseId,
    settlement,
    changedBy,
  }: { purchaseId: string; settlement: Settlement; changedBy: string },
  now: number,
): Promise<SettleOutcome> {
  const purchase = await findPurchase(db, purchaseId);
  if (!purchase) return { kind: "not-found" };
  if (purchase.status === settlement) return { kind: "settled", userId: purchase.userId };
  if (!canSettle(purchase.status, settlement)) {
    return { kind: "conflict", status: purchase.status };
  }
  const change = {
    id: uuidv7(),
    changedBy,
    action: actions[settlement],
    detail: purchase.providerReference,
    now,
  };
  const [, , , , [updated]] = await runQuery(
    db.batch([
      insertCourseChange(db, { ...change, purchaseId }, settlementSubject(purchaseId, settlement)),
      db
        .update(purchases)
        .set({ status: settlement, ...timestamps(settlement, now) })
        .where(and(eq(purchases.id, purchaseId), courseChangeInserted(change))),
      grantEnrollment(db, purchaseId, change, sql`${settlement} = 'paid'`),
      acceptPayment(
        db,
        purchaseId,
        sql`${settlement} = 'paid' and ${courseChangeInserted(change)}`,
      ),
      db.select().from(purchases).where(eq(purchases.id, purchaseId)),
      updateAttention(db, sql`${purchaseId}`),
    ]),
  );
  if (!updated) return { kind: "not-found" };
  return updated.status === settlement
    ? { kind: "settled", userId: updated.userId }
    : { kind: "conflict", status: updated.status };
}

function acceptPayment(db: Database, purchaseId: string, condition: SQL) {
  return db
    .update(payments)
    .set({
      state: "paid",
      flag: sql`iif(${keptAtStripe(sql`${purchaseId}`)} > 1, 'second-payment', null)`,
    })
    .where(
      and(eq(payments.purchaseId, purchaseId), eq(payments.flag, "amount-mismatch"), condition),
    );
}

async function findPurchase(db: Database, purchaseId: string) {
  return runQuery(db.select().from(purchases).where(eq(purchases.id, purchaseId)).get());
}

function settlementSubject(purchaseId: string, settlement: Settlement): SQL {
  const from = JSON.stringify(allowedFrom[settlement]);
  return sql`select course_id, user_id from ${purchases}
    where id = ${purchaseId} and status in (select value from json_each(${from}))
      and not (${settlement} = 'paid' and ${isMismatchBack(sql`${purchaseId}`)})
      and (${settlement} = 'paid' or not exists (select 1 from ${payments}
        where ${payments.purchaseId} = ${purchaseId} and ${payments.state} in ('open', 'processing')
          and ${payments.flag} is not 'amount-mismatch'))`;
}

function timestamps(settlement: Settlement, now: number) {
  if (settlement === "paid") return { paidAt: now, cancelledAt: null };
  return { cancelledAt: now };
}
