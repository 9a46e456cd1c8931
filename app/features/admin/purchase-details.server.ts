import { asc, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import {
  courseChanges,
  courses,
  disputes,
  paymentChanges,
  payments,
  purchases,
  receivedPayments,
  refunds,
  users,
} from "~/db/schema.server";
import { openFlag } from "~/features/purchases/open-flag.server";
import { isReceipt } from "~/features/purchases/purchase-status";
import {
  refundableCurrency,
  refundableIntent,
  refundableMinor,
  refundedMinor,
} from "~/features/purchases/refunds/money-back.server";

/** One purchase with its money, or null. */
export async function loadPurchaseDetails(db: Database, purchaseId: string) {
  const [[purchase], received, refundRows, disputeRows, changes, steps] = await runQuery(
    db.batch([
      selectPurchase(db, purchaseId),
      db
        .select()
        .from(receivedPayments)
        .where(eq(receivedPayments.purchaseId, purchaseId))
        .orderBy(asc(receivedPayments.receivedAt)),
      db
        .select()
        .from(refunds)
        .where(eq(refunds.purchaseId, purchaseId))
        .orderBy(asc(refunds.createdAt)),
      db.select().from(disputes).where(eq(disputes.purchaseId, purchaseId)),
      db
        .select({
          id: sql<string>`${paymentChanges.id}`.as("change_id"),
          action: paymentChanges.action,
          amountMinor: paymentChanges.amountMinor,
          currency: paymentChanges.currency,
          detail: paymentChanges.detail,
          createdAt: paymentChanges.createdAt,
          actorName: users.name,
        })
        .from(paymentChanges)
        .leftJoin(users, eq(users.id, paymentChanges.changedBy))
        .where(eq(paymentChanges.purchaseId, purchaseId))
        .orderBy(asc(paymentChanges.createdAt)),
      db
        .select({
          id: sql<string>`${courseChanges.id}`.as("change_id"),
          action: courseChanges.action,
          detail: courseChanges.detail,
          createdAt: courseChanges.createdAt,
          actorName: users.name,
        })
        .from(courseChanges)
        .leftJoin(users, eq(users.id, courseChanges.changedBy))
        .where(eq(courseChanges.purchaseId, purchaseId))
        .orderBy(asc(courseChanges.createdAt)),
    ]),
  );
  if (purchase === undefined) return null;
  const { status, refundableMinor: left } = purchase;
  return {
    purchase,
    received,
    refunds: refundRows,
    disputes: disputeRows,
    changes,
    steps,
    canRefund: left > 0 && isReceipt(status),
    /** Of the next refund: a form that is sent twice makes one refund. */
    newRefundId: uuidv7(),
  };
}

export type PurchaseDetails = NonNullable<Awaited<ReturnType<typeof loadPurchaseDetails>>>;

function selectPurchase(db: Database, purchaseId: string) {
  const id = sql`${purchaseId}`;
  return db
    .select({
      id: sql<string>`${purchases.id}`.as("purchase_id"),
      reference: purchases.providerReference,
      provider: purchases.provider,
      status: purchases.status,
      priceMinor: purchases.priceMinor,
      currency: purchases.currency,
      snapshot: purchases.snapshot,
      createdAt: purchases.createdAt,
      paidAt: purchases.paidAt,
      cancelledAt: purchases.cancelledAt,
      refundedAt: purchases.refundedAt,
      personId: sql<string>`${users.id}`.as("person_id"),
      personName: sql<string>`${users.name}`.as("person_name"),
      courseId: sql<string>`${courses.id}`.as("course_id"),
      courseTitle: sql<string>`${courses.title}`.as("course_title"),
      paymentState: payments.state,
      paymentIntentId: payments.paymentIntentId,
      refundableIntent: refundableIntent(id).as("refundable_intent"),
      refundableCurrency: refundableCurrency(id).as("refundable_currency"),
      sessionId: payments.sessionId,
      taxMinor: payments.taxMinor,
      method: payments.method,
      flag: openFlag.as("open_flag"),
      refundedMinor: refundedMinor(id).as("refunded_minor"),
      refundableMinor: refundableMinor(id).as("refundable_minor"),
    })
    .from(purchases)
    .innerJoin(users, eq(users.id, purchases.userId))
    .innerJoin(courses, eq(courses.id, purchases.courseId))
    .leftJoin(payments, eq(payments.purchaseId, purchases.id))
    .where(eq(purchases.id, purchaseId));
}
