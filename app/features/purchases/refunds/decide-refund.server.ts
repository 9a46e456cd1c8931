import { eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { RefundDecision } from "~/db/enums";
import { purchases, refunds } from "~/db/schema.server";
import { updateAttention } from "../update-attention.server";
import { reopenAccess } from "./money-back.server";
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
  request: Decision,
  now: number,
): Promise<string | null> {
  const { refundId, purchaseId, decision, changedBy } = request;
  const undecided = undecidedRefund(request);
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
      insertPaymentChanges(db, auditEntry(decision, changedBy), undecided, now),
      db
        .update(refunds)
        .set({ decision })
        .where(sql`id in (select failed.id ${undecided})`)
        .returning({ id: refunds.id }),
      ...reopenAccess(
        db,
        id,
        change,
        sql`exists (select 1 from ${refunds} where id = ${refundId} and decision = 'reopen')`,
      ),
      db.select({ id: purchases.userId }).from(purchases).where(eq(purchases.id, purchaseId)),
      updateAttention(db, id),
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

/** Money that Stripe never sent cannot have failed to arrive. */
const undecidedRefund = ({ refundId, purchaseId, decision }: Decision): SQL =>
  sql`from ${refunds} failed join ${purchases} bought on bought.id = failed.purchase_id
    where failed.id = ${refundId} and failed.purchase_id = ${purchaseId}
      and failed.status in ('failed', 'canceled') and failed.decision is null
      and (${decision} = 'reopen' or failed.stripe_refund_id is not null)`;
