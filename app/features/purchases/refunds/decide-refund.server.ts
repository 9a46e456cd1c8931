import { and, eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { RefundDecision } from "~/db/enums";
import { purchases, refunds, users } from "~/db/schema.server";
import { courseChangeInserted, insertCourseChange } from "~/features/courses/course-changes.server";
import { grantEnrollment } from "../grant-enrollment.server";
import { isMoneyBack } from "./money-back.server";
import { insertPaymentChanges } from "./payment-changes.server";

export interface Decision {
  refundId: string;
  purchaseId: string;
  /** `reopen`: the buyer keeps the course. `keep-closed`: it was paid back in another way. */
  decision: Exclude<RefundDecision, "replaced">;
  changedBy: string;
}

/**
 * What an admin decides after a refund failed. The first decision counts. Returns the buyer, or
 * null if there was nothing to decide.
 */
export async function decideRefund(
  db: Database,
  { refundId, purchaseId, decision, changedBy }: Decision,
  now: number,
): Promise<string | null> {
  const id = sql`${purchaseId}`;
  const change = {
    id: uuidv7(),
    changedBy,
    action: "purchase-paid" as const,
    detail: "Refund failed",
    now,
  };
  const [, [decided], , , , [buyer]] = await runQuery(
    db.batch([
      insertPaymentChanges(db, auditEntry(decision, changedBy), undecided(refundId, id), now),
      db
        .update(refunds)
        .set({ decision })
        .where(sql`id in (select failed.id ${undecided(refundId, id)})`)
        .returning({ id: refunds.id }),
      insertCourseChange(db, change, reopenable(decision, refundId, id)),
      db
        .update(purchases)
        .set({ status: "paid", refundedAt: null })
        .where(and(eq(purchases.id, purchaseId), courseChangeInserted(change))),
      grantEnrollment(db, purchaseId, change),
      db.select({ id: purchases.userId }).from(purchases).where(eq(purchases.id, purchaseId)),
    ]),
  );
  return decided && buyer ? buyer.id : null;
}

const auditEntry = (decision: string, changedBy: string) => ({
  changedBy,
  action: `refund-${decision}`,
  amountMinor: sql`failed.amount_minor`,
  currency: sql`failed.currency`,
  detail: sql`coalesce(failed.failure_reason, failed.status)`,
});

const undecided = (refundId: string, purchaseId: SQL): SQL =>
  sql`from ${refunds} failed join ${purchases} bought on bought.id = failed.purchase_id
    where failed.id = ${refundId} and failed.purchase_id = ${purchaseId}
      and failed.status in ('failed', 'canceled') and failed.decision is null`;

function reopenable(decision: string, refundId: string, purchaseId: SQL): SQL {
  return sql`select ${purchases.courseId}, ${purchases.userId} from ${purchases}
    join ${users} on ${users.id} = ${purchases.userId}
    where ${purchases.id} = ${purchaseId} and ${purchases.status} = 'refunded' and ${decision} = 'reopen'
      and exists (select 1 from ${refunds} where id = ${refundId} and decision = 'reopen')
      and not ${isMoneyBack(purchaseId)}`;
}
