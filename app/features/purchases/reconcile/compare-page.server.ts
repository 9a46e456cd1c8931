import { and, asc, eq, gt, gte, inArray, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { PaymentDrift, PaymentDriftKind } from "~/db/enums";
import {
  disputes,
  payments,
  purchases,
  receivedPayments,
  refunds,
  stripeEvents,
} from "~/db/schema.server";
import type { StripeApi } from "~/stripe/stripe-api.server";
import { receivedId } from "../receive-payment.server";
import { receiveStripeEvent } from "../receive-stripe-event.server";
import { applyDispute } from "../refunds/apply-dispute.server";
import { applyRefund } from "../refunds/apply-refund.server";
import { disputeRanks, refundRanks } from "../refunds/refund-status";
import { reportSession } from "../report-session.server";

export interface Comparison {
  db: Database;
  stripe: StripeApi;
  since: number;
  cursor: string;
  now: number;
}

export interface Difference {
  drift: PaymentDrift;
  /** Returns whose courses have changed. Without it, only an admin can help. */
  repair?: () => Promise<string | null>;
}

export interface ComparedPage {
  checked: number;
  differences: Difference[];
  /** Null after the last page. */
  next: string | null;
}

const drift = (kind: PaymentDriftKind, purchaseId: string | null, stripeId: string) => ({
  kind,
  purchaseId,
  stripeId,
});

/** Our ids; other products of the account have other references. */
const isOrderId = (id: string) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id);

/** Paid at Stripe, not here: each session counts, also of an order that was paid before. */
export async function compareSessions({ db, stripe, since, cursor, now }: Comparison) {
  const { items, next } = await stripe.listPaidSessions({ since, after: cursor });
  const sessions = items.filter(({ orderId }) => orderId !== null && isOrderId(orderId));
  const orderIds = sessions.map(({ orderId }) => orderId ?? "");
  const [orders, received] = await runQuery(
    db.batch([
      db
        .select({ id: payments.purchaseId })
        .from(payments)
        .where(inArray(payments.purchaseId, orderIds)),
      db
        .select()
        .from(receivedPayments)
        .where(inArray(receivedPayments.id, sessions.map(receivedId))),
    ]),
  );
  const known = new Set(orders.map(({ id }) => id));
  const amounts = new Map(received.map(({ id, amountMinor }) => [id, amountMinor]));
  const differences = sessions.flatMap((session): Difference[] => {
    if (amounts.get(receivedId(session)) === session.amountTotal) return [];
    const orderId = session.orderId !== null && known.has(session.orderId) ? session.orderId : null;
    if (orderId === null) return [{ drift: drift("paid-there", null, session.id) }];
    const repair = async () => {
      const reported = await reportSession(db, session, now);
      return reported?.purchase?.isChanged ? reported.purchase.userId : null;
    };
    return [{ drift: drift("paid-there", orderId, session.id), repair }];
  });
  return { checked: items.length, differences, next };
}

/** The purchases of payments. */
async function findPurchases(db: Database, paymentIntentIds: readonly string[]) {
  const rows = await runQuery(
    db
      .select({ id: receivedPayments.id, purchaseId: receivedPayments.purchaseId })
      .from(receivedPayments)
      .where(inArray(receivedPayments.id, [...paymentIntentIds])),
  );
  return new Map(rows.map(({ id, purchaseId }) => [id, purchaseId]));
}

/** Refunded there, not here, or further there. */
export async function compareRefunds({ db, stripe, since, cursor, now }: Comparison) {
  const { items, next } = await stripe.listRefunds({ since, after: cursor });
  const purchaseOf = await findPurchases(
    db,
    items.map(({ paymentIntentId }) => paymentIntentId),
  );
  const ids = items.map(({ id }) => id);
  const known = await runQuery(
    db.select().from(refunds).where(inArray(refunds.stripeRefundId, ids)),
  );
  const statuses = new Map(known.map(({ stripeRefundId, status }) => [stripeRefundId, status]));
  const differences = items.flatMap((refund): Difference[] => {
    const purchaseId = purchaseOf.get(refund.paymentIntentId);
    const status = statuses.get(refund.id);
    if (purchaseId === undefined) return [];
    if (status !== undefined && refundRanks[status] >= refundRanks[refund.status]) return [];
    const repair = async () => (await applyRefund(db, refund, now)).changedUserId;
    return [{ drift: drift("refunded-there", purchaseId, refund.id), repair }];
  });
  return { checked: items.length, differences, next };
}

/** Disputed there, not here, or closed there. */
export async function compareDisputes({ db, stripe, since, cursor, now }: Comparison) {
  const { items, next } = await stripe.listDisputes({ since, after: cursor });
  const purchaseOf = await findPurchases(
    db,
    items.map(({ paymentIntentId }) => paymentIntentId),
  );
  const ids = items.map(({ id }) => id);
  const known = await runQuery(db.select().from(disputes).where(inArray(disputes.id, ids)));
  const statuses = new Map(known.map(({ id, status }) => [id, status]));
  const differences = items.flatMap((dispute): Difference[] => {
    const purchaseId = purchaseOf.get(dispute.paymentIntentId);
    const status = statuses.get(dispute.id);
    if (purchaseId === undefined) return [];
    if (status !== undefined && disputeRanks[status] >= disputeRanks[dispute.status]) return [];
    const repair = async () => (await applyDispute(db, dispute, now)).changedUserId;
    return [{ drift: drift("disputed-there", purchaseId, dispute.id), repair }];
  });
  return { checked: items.length, differences, next };
}

/** Events that Stripe could not deliver and that are not in the ledger. */
export async function compareEvents({ db, stripe, since, cursor, now }: Comparison) {
  const { items, next } = await stripe.listUndelivered({ since, after: cursor });
  const ids = items.map(({ id }) => id);
  const known = await runQuery(
    db.select({ id: stripeEvents.id }).from(stripeEvents).where(inArray(stripeEvents.id, ids)),
  );
  const seen = new Set(known.map(({ id }) => id));
  const differences = items
    .filter(({ id }) => !seen.has(id))
    .map((event) => ({
      drift: drift("undelivered", null, event.id),
      repair: async () => (await receiveStripeEvent({ db, stripe }, event, now)).userId,
    }));
  return { checked: items.length, differences, next };
}

/** Each is one request to Stripe. */
const paymentsPerPage = 10;

/** Paid here, not there. Nothing repairs that: an admin has to look. */
export async function comparePayments({ db, stripe, since, cursor }: Comparison) {
  const rows = await runQuery(
    db
      .select({ id: payments.purchaseId, sessionId: payments.sessionId })
      .from(payments)
      .innerJoin(purchases, eq(purchases.id, payments.purchaseId))
      .where(
        and(
          eq(payments.state, "paid"),
          eq(payments.livemode, stripe.livemode),
          gt(payments.purchaseId, cursor),
          gte(sql`coalesce(${purchases.paidAt}, ${purchases.createdAt})`, since),
        ),
      )
      .orderBy(asc(payments.purchaseId))
      .limit(paymentsPerPage),
  );
  const differences: Difference[] = [];
  for (const { id, sessionId } of rows) {
    const session = sessionId === null ? null : await stripe.findSession(sessionId);
    if (session !== null && session.paymentStatus !== "unpaid") continue;
    differences.push({ drift: drift("paid-here", id, sessionId ?? "") });
  }
  const next = rows.length < paymentsPerPage ? null : (rows.at(-1)?.id ?? null);
  return { checked: rows.length, differences, next };
}
