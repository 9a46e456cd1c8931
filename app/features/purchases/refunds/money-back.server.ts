import { and, type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { disputes, enrollments, payments, purchases, refunds } from "~/db/schema.server";
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
 * What can still be refunded of the purchase's payment. Refunds that Stripe has not answered count,
 * and so does what was paid back in another way.
 */
export const refundableMinor = (purchaseId: SQL): SQL<number> =>
  sql`((select p.price_minor from ${purchases} p where p.id = ${purchaseId})
    - (select coalesce(sum(r.amount_minor), 0) from ${refunds} r where r.purchase_id = ${purchaseId}
        and (r.status in ('pending', 'succeeded') or r.decision = 'keep-closed')
        and r.payment_intent_id is ${paidIntent(purchaseId)}))`;

/** Null if the money did not come through Stripe. */
export const paidIntent = (purchaseId: SQL): SQL<string | null> =>
  sql`(select paid.payment_intent_id from ${payments} paid
    where paid.purchase_id = ${purchaseId} and paid.state = 'paid')`;

/** The bank has taken the money. */
export const hasLostDispute = (purchaseId: SQL): SQL<number> =>
  sql`exists (select 1 from ${disputes} d where d.purchase_id = ${purchaseId} and d.status = 'lost')`;

/**
 * True if the purchase was fully refunded or lost to a dispute. A refund that failed counts until
 * an admin decides, so that the result does not depend on the order of events.
 */
const isMoneyBack = (purchaseId: SQL): SQL =>
  sql`(${hasLostDispute(purchaseId)}
    or (select p.price_minor from ${purchases} p where p.id = ${purchaseId}) <=
      (select coalesce(sum(r.amount_minor), 0) from ${refunds} r where r.purchase_id = ${purchaseId}
        and ${isReal} and (r.status in ('pending', 'succeeded')
          or r.decision is null or r.decision = 'keep-closed')))`;

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
