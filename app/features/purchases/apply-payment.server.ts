import { and, eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { PaymentState, PurchaseStatus } from "~/db/enums";
import { courses, payments, purchases, users } from "~/db/schema.server";
import {
  type CourseChange,
  courseChangeInserted,
  insertCourseChange,
} from "~/features/courses/course-changes.server";
import type { CheckoutSession } from "~/stripe/checkout-session.server";
import { grantEnrollment } from "./grant-enrollment.server";
import { paymentRanks } from "./payment-transition";
import { storePaymentWords } from "./purchase-words.server";
import { hasOtherMoney, receivePayment } from "./receive-payment.server";
import { linkToPurchase } from "./refunds/link-to-purchase.server";
import { endAccess } from "./refunds/money-back.server";
import { rankOf } from "./refunds/rank-sql.server";
import { type ReceivedEvent, recordEvent } from "./stripe-ledger.server";
import { updateAttention } from "./update-attention.server";

export interface PaymentChange {
  orderId: string;
  to: Exclude<PaymentState, "open">;
  /** Null if the site itself cancels or expires an order. */
  session: CheckoutSession | null;
  /** The session that the site has closed. If the order has another one by now, nothing happens. */
  closedSessionId?: string | null;
  /** The admin or buyer who cancels; null for Stripe. */
  changedBy: string | null;
  /** The event that reports the change. */
  event?: ReceivedEvent;
}

/**
 * The only place where a payment changes a purchase: in one batch, and only forward. Idempotent
 * (docs/decisions/0026-payments.md). If D1 fails, the write may still have happened.
 */
export async function applyPayment(db: Database, change: PaymentChange, now: number) {
  const { orderId, to, changedBy, session } = change;
  const audit = {
    id: uuidv7(),
    changedBy,
    action: to === "paid" ? ("purchase-paid" as const) : ("purchase-cancelled" as const),
    detail: change.session === null || changedBy !== null ? "" : `Stripe: ${to}`,
    now,
  };
  const money = {
    id: uuidv7(),
    changedBy: null,
    action: "purchase-refunded" as const,
    detail: "Stripe: refunded",
    now,
  };
  const paymentIntentId = change.session?.paymentIntentId ?? "";
  const [[record], , , , , , , , , , , , , , , , [result]] = await runQuery(
    db.batch([
      recordEvent(db, change.event, outcomeOf(change), now),
      ...receivePayment(db, orderId, to === "paid" ? session : null, now),
      insertCourseChange(db, { ...audit, purchaseId: orderId }, auditSubject(change)),
      flagPayment(db, change),
      updatePurchase(db, change, audit),
      grantEnrollment(db, orderId, audit, sql`${to} = 'paid'`),
      updatePayment(db, change, now),
      ...linkToPurchase(db, { orderId, paymentIntentId }, now),
      ...endAccess(db, sql`${orderId}`, money),
      db
        .select({
          userId: purchases.userId,
          status: purchases.status,
          state: payments.state,
          flag: payments.flag,
          isChanged: sql<number>`${courseChangeInserted(audit)}`.as("is_changed"),
        })
        .from(purchases)
        .innerJoin(payments, eq(payments.purchaseId, purchases.id))
        .where(eq(purchases.id, orderId)),
      ...(session ? [storePaymentWords(db, orderId, session)] : []),
      updateAttention(db, sql`${orderId}`),
    ]),
  );
  return { record: record ?? null, purchase: result ?? null };
}

const rankOfPayment = rankOf(payments.state, paymentRanks);

/** The payment of this order, if the change moves it forward. */
function movesForward({ orderId, to, session, closedSessionId = null }: PaymentChange): SQL {
  const sessionId = session?.id ?? closedSessionId;
  const isCurrent = sql`(${payments.sessionId} is null or ${payments.sessionId} = ${sessionId})`;
  // Money counts for any session; the end of a session counts only for the current one.
  const ofThisSession = to === "paid" ? sql`true` : isCurrent;
  // An order whose buyer or an admin is canceling it does not expire: its end names the person.
  const isUncanceled = to === "expired" ? sql`${payments.canceledBy} is null` : sql`true`;
  return sql`${payments.purchaseId} = ${orderId} and ${rankOfPayment} < ${paymentRanks[to]} and ${ofThisSession} and ${isUncanceled}`;
}

/** True unless the money is not what the order asks for. */
function matchesOrder({ to, session }: PaymentChange): SQL {
  if (to !== "paid" || session === null) return sql`true`;
  const { amountSubtotal, currency, livemode, discount, paymentStatus } = session;
  if (discount !== 0 || paymentStatus !== "paid") return sql`false`;
  return sql`exists (select 1 from ${purchases} bought where bought.id = ${payments.purchaseId}
    and bought.price_minor = ${amountSubtotal} and bought.currency = ${currency})
    and ${payments.livemode} = ${livemode}`;
}

function outcomeOf(change: PaymentChange): SQL {
  return sql`case
    when not exists (select 1 from ${payments} where ${payments.purchaseId} = ${change.orderId}) then 'unmatched'
    when exists (select 1 from ${payments} where ${movesForward(change)}) then 'applied'
    else 'stale' end`;
}

/** An order ends or is paid; a canceled one can still be paid. */
const changedFrom: Record<PaymentChange["to"], readonly PurchaseStatus[]> = {
  processing: [],
  canceled: ["pending"],
  expired: ["pending"],
  failed: ["pending"],
  paid: ["pending", "cancelled"],
};

function auditSubject(change: PaymentChange): SQL {
  const statuses = JSON.stringify(changedFrom[change.to]);
  return sql`select ${purchases.courseId}, ${purchases.userId} from ${purchases}
    join ${payments} on ${payments.purchaseId} = ${purchases.id}
    where ${movesForward(change)} and ${matchesOrder(change)}
      and ${purchases.status} in (select value from json_each(${statuses}))`;
}

function updatePurchase(db: Database, { orderId, to }: PaymentChange, audit: CourseChange) {
  const { now } = audit;
  return db
    .update(purchases)
    .set(
      to === "paid"
        ? { status: "paid", paidAt: now, cancelledAt: null }
        : { status: "cancelled", cancelledAt: now },
    )
    .where(and(eq(purchases.id, orderId), courseChangeInserted(audit)));
}

/**
 * Money that an admin has to look at. Must come before the purchase and the payment change. Its
 * refunds and disputes belong to the order, also if the amount is wrong.
 */
function flagPayment(db: Database, change: PaymentChange) {
  const paymentIntentId = change.session?.paymentIntentId ?? null;
  const order = sql`from ${purchases} bought where bought.id = ${change.orderId}`;
  return db
    .update(payments)
    .set({
      paymentIntentId: sql`coalesce(${paymentIntentId}, ${payments.paymentIntentId})`,
      isPaidOutside: sql`exists (select 1 ${order} and bought.status in ('paid', 'refunded'))`,
      flag: sql`case
        when not (${matchesOrder(change)}) then 'amount-mismatch'
        when exists (select 1 ${order} and exists (select 1 from ${users} buyer
          where buyer.id = bought.user_id and buyer.deleted_at is not null)) then 'deleted-user'
        when exists (select 1 ${order} and exists (select 1 from ${users} buyer
          where buyer.id = bought.user_id and buyer.banned_at is not null)) then 'banned-user'
        when exists (select 1 ${order} and bought.status in ('paid', 'refunded'))
          or ${hasOtherMoney(change.orderId, change.session)} then 'second-payment'
        when exists (select 1 ${order} and exists (select 1 from ${purchases} other
          where other.user_id = bought.user_id and other.course_id = bought.course_id
            and other.status = 'paid' and other.id <> bought.id)) then 'second-payment'
        when exists (select 1 ${order} and exists (select 1 from ${courses} course
          where course.id = bought.course_id and course.status <> 'published')) then 'unpublished-course'
        else ${payments.flag} end`,
    })
    .where(change.to === "paid" ? movesForward(change) : sql`false`);
}

function updatePayment(db: Database, change: PaymentChange, now: number) {
  const { to, session } = change;
  return db
    .update(payments)
    .set({
      state: to,
      checkedAt: now,
      ...(session === null
        ? {}
        : {
            sessionId: session.id,
            paymentIntentId: session.paymentIntentId,
            taxMinor: session.tax > 0 ? session.tax : null,
            method: sql`coalesce(${session.method}, ${payments.method})`,
          }),
    })
    .where(sql`${movesForward(change)} and ${matchesOrder(change)}`);
}
