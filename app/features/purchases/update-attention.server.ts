import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { attentionLevels } from "~/db/enums";
import { purchases } from "~/db/schema.server";
import { hasFailedRefund, hasOpenDispute, openFlag } from "./open-flag.server";

const { decision, dispute } = attentionLevels;

/** Comes last in every batch that changes a payment, a refund or a dispute of the purchase. */
export function updateAttention(db: Database, purchaseId: SQL) {
  const attention = sql`case when ${hasFailedRefund} or ${openFlag} is not null then ${decision}
    when ${hasOpenDispute} then ${dispute} else 0 end`;
  return db
    .update(purchases)
    .set({ attention })
    .where(sql`${purchases.id} = ${purchaseId} and ${purchases.attention} <> ${attention}`);
}
