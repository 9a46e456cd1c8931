import { type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import { disputes, purchases } from "~/db/schema.server";
import { courseChangeInserted } from "~/features/courses/course-changes.server";
import type { StripeDispute } from "~/stripe/dispute.server";
import { type ReceivedEvent, recordEvent } from "../stripe-ledger.server";
import { updateAttention } from "../update-attention.server";
import { endAccess, reopenAccess } from "./money-back.server";
import { insertPaymentChanges, purchaseOfPayment } from "./payment-changes.server";
import { rankOf } from "./rank-sql.server";
import { disputeRanks } from "./refund-status";

/**
 * The only place where a dispute changes: in one batch, and only forward. Idempotent. One that is
 * won after it was lost opens the course again.
 */
export async function applyDispute(
  db: Database,
  dispute: StripeDispute,
  now: number,
  event?: ReceivedEvent,
) {
  const access = { changedBy: null, detail: `Stripe: dispute ${dispute.status}`, now };
  const ending = { ...access, id: uuidv7(), action: "purchase-refunded" as const };
  const reopening = { ...access, id: uuidv7(), action: "purchase-paid" as const };
  const purchaseId = sql`(select known.purchase_id from ${disputes} known where known.id = ${dispute.id})`;
  const [[record], , , , , , , , , [result]] = await runQuery(
    db.batch([
      recordEvent(db, event, outcomeOf(dispute), now),
      auditDispute(db, dispute, now),
      upsertDispute(db, dispute, now),
      ...endAccess(db, purchaseId, ending),
      ...reopenAccess(db, purchaseId, reopening, sql`${dispute.status} = 'won'`),
      db
        .select({
          userId: purchases.userId,
          isChanged:
            sql<number>`${courseChangeInserted(ending)} or ${courseChangeInserted(reopening)}`.as(
              "is_changed",
            ),
        })
        .from(purchases)
        .where(sql`${purchases.id} = ${purchaseId}`),
      updateAttention(db, purchaseId),
    ]),
  );
  return { record: record ?? null, changedUserId: result?.isChanged ? result.userId : null };
}

/** Already as far, or further. */
const isKnown = ({ id, status }: StripeDispute): SQL =>
  sql`exists (select 1 from ${disputes} known where known.id = ${id}
    and ${rankOf(sql`known.status`, disputeRanks)} >= ${disputeRanks[status]})`;

function outcomeOf(dispute: StripeDispute): SQL {
  return sql`case when ${isKnown(dispute)} then 'stale'
    when not exists (select 1 ${purchaseOfPayment(dispute.paymentIntentId)}) then 'unmatched'
    else 'applied' end`;
}

function auditDispute(db: Database, dispute: StripeDispute, now: number) {
  const { status, amountMinor, currency, reason } = dispute;
  const entry = { changedBy: null, action: `dispute-${status}`, amountMinor, currency };
  const from = sql`${purchaseOfPayment(dispute.paymentIntentId)} where not ${isKnown(dispute)}`;
  return insertPaymentChanges(db, { ...entry, detail: reason }, from, now);
}

function upsertDispute(db: Database, dispute: StripeDispute, now: number) {
  const { id, paymentIntentId, amountMinor, currency, reason, status, respondBy } = dispute;
  return db
    .insert(disputes)
    .select(
      sql`select ${id}, (select bought.id ${purchaseOfPayment(paymentIntentId)}),
        ${paymentIntentId}, ${amountMinor}, ${currency}, ${reason}, ${status}, ${respondBy}, ${now}, ${now} where true`,
    )
    .onConflictDoUpdate({
      target: disputes.id,
      set: { status, updatedAt: now },
      setWhere: sql`${rankOf(disputes.status, disputeRanks)} < ${disputeRanks[status]}`,
    });
}
