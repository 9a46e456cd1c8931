import { and, eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { DismissibleFlag } from "~/db/enums";
import { payments, purchases } from "~/db/schema.server";
import { insertPaymentChanges } from "./refunds/payment-changes.server";
import { updateAttention } from "./update-attention.server";

interface Dismissal {
  purchaseId: string;
  flag: DismissibleFlag;
  changedBy: string;
}

/** An admin has done what the flag asks for. False if the payment does not have the flag. */
export async function dismissFlag(
  db: Database,
  { purchaseId, flag, changedBy }: Dismissal,
  now: number,
): Promise<boolean> {
  const entry = {
    changedBy,
    action: "flag-dismissed",
    amountMinor: sql`bought.price_minor`,
    currency: sql`bought.currency`,
    detail: flag,
  };
  const from = sql`from ${purchases} bought join ${payments} flagged on flagged.purchase_id = bought.id
    where bought.id = ${purchaseId} and flagged.flag = ${flag}`;
  const [, dismissed] = await runQuery(
    db.batch([
      insertPaymentChanges(db, entry, from, now),
      db
        .update(payments)
        .set({ flag: null })
        .where(and(eq(payments.purchaseId, purchaseId), eq(payments.flag, flag)))
        .returning({ id: payments.purchaseId }),
      updateAttention(db, sql`${purchaseId}`),
    ]),
  );
  return dismissed.length > 0;
}
