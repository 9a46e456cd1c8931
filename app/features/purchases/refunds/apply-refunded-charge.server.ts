import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import { receivedPayments, refunds } from "~/db/schema.server";
import type { RefundedCharge } from "~/stripe/refund.server";
import { applyRefundsOf } from "./continue-refund.server";

/**
 * The event of a charge has the total only. If the refunds that are known here are less, Stripe is
 * asked for all of them.
 */
export async function applyRefundedCharge(
  { db, stripe }: Pick<AppContext, "db" | "stripe">,
  { paymentIntentId, amountRefunded, orderId }: RefundedCharge,
  now: number,
) {
  const { known, isOurs } = await findKnown(db, paymentIntentId);
  if (known >= amountRefunded) return { outcome: "stale" as const, changedUserId: null };
  if (stripe === null || (!isOurs && orderId === null)) {
    return { outcome: "unmatched" as const, changedUserId: null };
  }
  const changedUserId = await applyRefundsOf(db, stripe, paymentIntentId, now);
  return { outcome: "applied" as const, changedUserId };
}

async function findKnown(db: Database, paymentIntentId: string) {
  const [[refunded], ours] = await runQuery(
    db.batch([
      db
        .select({ known: sql<number>`coalesce(sum(${refunds.amountMinor}), 0)`.as("known") })
        .from(refunds)
        .where(
          and(
            eq(refunds.paymentIntentId, paymentIntentId),
            isNotNull(refunds.stripeRefundId),
            inArray(refunds.status, ["pending", "succeeded"]),
          ),
        ),
      db
        .select({ id: receivedPayments.purchaseId })
        .from(receivedPayments)
        .where(eq(receivedPayments.id, paymentIntentId)),
    ]),
  );
  return { known: refunded?.known ?? 0, isOurs: ours.length > 0 };
}
