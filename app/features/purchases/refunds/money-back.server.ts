import { and, type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import type { Currency } from "~/db/enums";
import {
  disputes,
  enrollments,
  payments,
  purchases,
  receivedPayments,
  refunds,
} from "~/db/schema.server";
import {
  type CourseChange,
  courseChangeInserted,
  insertCourseChange,
} from "~/features/courses/course-changes.server";
import { grantEnrollment } from "../grant-enrollment.server";

/** Known to Stripe, or recorded by hand. */
const isReal = sql`(r.stripe_refund_id is not null or r.status = 'succeeded')`;

/** What went back or is on its way, like `amount_refunded` of Stripe's charges. */
export const refundedMinor = (purchaseId: SQL): SQL<number> =>
  sql`(select coalesce(sum(r.amount_minor), 0) from ${refunds} r where r.purchase_id = ${purchaseId}
    and r.status in ('pending', 'succeeded') and ${isReal})`;

/**
 * The payments of a purchase: all that Stripe has received, and at most one outside Stripe, whose
 * `intent` is null. What a bank has taken back is lost.
 */
const paymentsOf = (purchaseId: SQL): SQL =>
  sql`(select received.id as intent, received.amount_minor as amount, received.currency,
      received.received_at as since, exists (select 1 from ${disputes} d
        where d.payment_intent_id = received.id and d.status = 'lost') as is_lost
      from ${receivedPayments} received where received.purchase_id = ${purchaseId}
    union all select null, bought.price_minor, bought.currency, null, 0 from ${purchases} bought
      left join ${payments} paid on paid.purchase_id = bought.id where bought.id = ${purchaseId}
        and (paid.is_paid_outside or not exists (select 1 from ${receivedPayments} received
          where received.purchase_id = bought.id)))`;

const sumOfRefunds = (purchaseId: SQL, intent: SQL, condition: SQL): SQL =>
  sql`(select coalesce(sum(r.amount_minor), 0) from ${refunds} r
    where r.purchase_id = ${purchaseId} and r.payment_intent_id is ${intent} and ${condition})`;

/** A refund that failed counts until an admin decides: the order of events must not matter. */
const backMinor = (purchaseId: SQL, intent: SQL): SQL =>
  sumOfRefunds(
    purchaseId,
    intent,
    sql`${isReal} and (r.status in ('pending', 'succeeded') or r.decision is null or r.decision = 'keep-closed')`,
  );

/**
 * The payment that the next refund is of, Stripe's first, and what is left of it. Refunds that
 * Stripe has not answered count, and so does what was paid back in another way.
 */
const nextRefund = (purchaseId: SQL): SQL => {
  const counts = sql`(r.status in ('pending', 'succeeded') or r.decision = 'keep-closed')`;
  return sql`(select money.intent, money.currency, iif(money.is_lost, 0, money.amount
      - ${sumOfRefunds(purchaseId, sql`money.intent`, counts)}) as remaining
    from ${paymentsOf(purchaseId)} money
    order by remaining > 0 desc, money.intent is null, money.since, money.intent limit 1)`;
};

export const refundableMinor = (purchaseId: SQL): SQL<number> =>
  sql`(select remaining from ${nextRefund(purchaseId)})`;

export const refundableCurrency = (purchaseId: SQL): SQL<Currency> =>
  sql`(select currency from ${nextRefund(purchaseId)})`;

export const refundableIntent = (purchaseId: SQL): SQL<string | null> =>
  sql`(select intent from ${nextRefund(purchaseId)})`;

const isBack = (purchaseId: SQL): SQL =>
  sql`(money.is_lost or money.amount <= ${backMinor(purchaseId, sql`money.intent`)})`;

/** True if every payment was fully refunded or lost: who has paid twice has access until then. */
const isMoneyBack = (purchaseId: SQL): SQL =>
  sql`not exists (select 1 from ${paymentsOf(purchaseId)} money where not ${isBack(purchaseId)})`;

/** True if at least one payment is back, and at most one is not. */
export const isOnePaymentLeft = (purchaseId: SQL): SQL =>
  sql`(select sum(back) > 0 and sum(not back) <= 1
    from (select ${isBack(purchaseId)} as back from ${paymentsOf(purchaseId)} money))`;

/** Stripe's payments that have not gone back. */
export const keptAtStripe = (purchaseId: SQL): SQL<number> =>
  sql`(select count(*) from ${paymentsOf(purchaseId)} money
    where money.intent is not null and not ${isBack(purchaseId)})`;

/** True if the payment has another amount and went back before an admin accepted it. */
export const isMismatchBack = (purchaseId: SQL): SQL =>
  sql`(exists (select 1 from ${payments} paid join ${receivedPayments} received on received.purchase_id = paid.purchase_id
    where paid.purchase_id = ${purchaseId} and paid.flag = 'amount-mismatch') and ${keptAtStripe(purchaseId)} = 0)`;

/**
 * Three statements, after the change of a refund or dispute: a purchase whose money is back no
 * longer opens its course, unless another purchase or a grant does.
 */
export function endAccess(db: Database, purchaseId: SQL, change: CourseChange) {
  const subject = sql`select ${purchases.courseId}, ${purchases.userId} from ${purchases}
    where ${purchases.id} = ${purchaseId} and ${purchases.status} = 'paid' and ${isMoneyBack(purchaseId)}`;
  return [
    insertCourseChange(db, { ...change, purchaseId }, subject),
    db
      .update(purchases)
      .set({ status: "refunded", refundedAt: change.now })
      .where(and(sql`${purchases.id} = ${purchaseId}`, courseChangeInserted(change))),
    revokeEnrollment(db, purchaseId, change),
  ] as const;
}

/** Three statements, the reverse of `endAccess`: the buyer does not have the money after all. */
export function reopenAccess(db: Database, purchaseId: SQL, change: CourseChange, condition: SQL) {
  const subject = sql`select ${purchases.courseId}, ${purchases.userId} from ${purchases}
    where ${purchases.id} = ${purchaseId} and ${purchases.status} = 'refunded'
      and not ${isMoneyBack(purchaseId)} and ${condition}`;
  return [
    insertCourseChange(db, { ...change, purchaseId }, subject),
    db
      .update(purchases)
      .set({ status: "paid", refundedAt: null })
      .where(and(sql`${purchases.id} = ${purchaseId}`, courseChangeInserted(change))),
    grantEnrollment(db, purchaseId, change),
  ] as const;
}

function revokeEnrollment(db: Database, purchaseId: SQL, change: CourseChange) {
  const otherPurchase = sql`exists (select 1 from ${purchases} other where other.user_id = ${enrollments.userId}
    and other.course_id = ${enrollments.courseId} and other.status = 'paid')`;
  return db
    .update(enrollments)
    .set({ revokedAt: change.now, revokedBecause: "refund" })
    .where(
      sql`${courseChangeInserted(change)} and ${enrollments.revokedAt} is null
        and ${enrollments.source} = 'purchase' and not ${otherPurchase}
        and (${enrollments.userId}, ${enrollments.courseId}) =
          (select p.user_id, p.course_id from ${purchases} p where p.id = ${purchaseId})`,
    );
}
