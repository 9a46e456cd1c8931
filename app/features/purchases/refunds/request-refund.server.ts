import { eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import type { RefundReason } from "~/db/enums";
import { purchases, refunds } from "~/db/schema.server";
import { ServiceUnavailableError } from "~/errors";
import { updateAttention } from "../update-attention.server";
import { continueRefund } from "./continue-refund.server";
import {
  endAccess,
  refundableCurrency,
  refundableIntent,
  refundableMinor,
  reopenAccess,
} from "./money-back.server";
import { insertPaymentChanges } from "./payment-changes.server";

export interface RefundRequest {
  /** Of the form, so that a repeated request makes no second refund. */
  refundId: string;
  purchaseId: string;
  /** Null for what is left of the price. */
  amountMinor: number | null;
  reason: RefundReason;
  changedBy: string;
}

export type RefundOutcome =
  | { kind: "refunded"; userId: string }
  /** Stripe has not answered; the cron repeats the request. */
  | { kind: "pending" }
  /** Stripe's code. */
  | { kind: "refused"; code: string }
  /** Not paid, or less is left than asked for. */
  | { kind: "conflict" }
  | { kind: "not-found" };

/**
 * Refunds by the provider of the purchase. The refund is stored before Stripe is asked; its id is
 * the idempotency key. @throws {ServiceUnavailableError} before anything is stored.
 */
export async function requestRefund(
  context: Pick<AppContext, "db" | "stripe">,
  request: RefundRequest,
  now: number,
): Promise<RefundOutcome> {
  const { db } = context;
  const purchase = await findPurchase(db, request.purchaseId);
  if (purchase === null) return { kind: "not-found" };
  if (purchase.paymentIntentId !== null && context.stripe === null) {
    throw new ServiceUnavailableError("Stripe is not configured");
  }
  await storeRefund(db, request, purchase, now);
  const stored = await findRefund(db, request);
  if (stored === null) return { kind: "conflict" };
  const isWaiting = stored.status === "pending" && stored.stripeRefundId === null;
  try {
    if (isWaiting) await continueRefund(context, stored, now);
  } catch (error) {
    if (!(error instanceof ServiceUnavailableError)) throw error;
    return { kind: "pending" };
  }
  const result = await findRefund(db, request);
  if (result?.status === "failed") return { kind: "refused", code: result.failureReason ?? "" };
  return { kind: "refunded", userId: purchase.userId };
}

interface Purchase {
  userId: string;
  reference: string;
  /** Null if the money did not come through Stripe. */
  paymentIntentId: string | null;
}

async function findPurchase(db: Database, purchaseId: string): Promise<Purchase | null> {
  const found = await runQuery(
    db
      .select({
        userId: purchases.userId,
        reference: purchases.providerReference,
        paymentIntentId: refundableIntent(sql`${purchaseId}`).as("refundable_intent"),
      })
      .from(purchases)
      .where(eq(purchases.id, purchaseId))
      .get(),
  );
  return found ?? null;
}

async function findRefund(db: Database, { refundId, purchaseId }: RefundRequest) {
  const found = await runQuery(db.select().from(refunds).where(eq(refunds.id, refundId)).get());
  return found?.purchaseId === purchaseId ? found : null;
}

/**
 * Outside Stripe, the refund is only recorded, and access ends at once. A smaller refund instead of
 * one that failed opens the course again.
 */
async function storeRefund(
  db: Database,
  request: RefundRequest,
  { reference, paymentIntentId }: Purchase,
  now: number,
): Promise<void> {
  const { refundId, purchaseId, reason, changedBy } = request;
  const id = sql`${purchaseId}`;
  const left = refundableMinor(id);
  const currency = refundableCurrency(id);
  const amount = request.amountMinor === null ? left : sql`${request.amountMinor}`;
  const source = sql`from ${purchases} bought where bought.id = ${purchaseId}
    and bought.status in ('paid', 'refunded') and ${refundableIntent(id)} is ${paymentIntentId} and ${amount} between 1 and ${left}
    and not exists (select 1 from ${refunds} where id = ${refundId})`;
  const entry = { changedBy, action: "refund-requested", amountMinor: amount, detail: reason };
  const status = paymentIntentId === null ? "succeeded" : "pending";
  const access = { changedBy, detail: reference, now };
  const ending = { ...access, id: uuidv7(), action: "purchase-refunded" as const };
  const reopening = { ...access, id: uuidv7(), action: "purchase-paid" as const };
  await runQuery(
    db.batch([
      insertPaymentChanges(db, { ...entry, currency }, source, now),
      db.insert(refunds).select(
        sql`select ${refundId}, bought.id, ${paymentIntentId}, null, ${amount}, ${currency}, ${status},
          ${reason}, null, ${changedBy}, null, ${now}, ${now}, ${now} ${source}`,
      ),
      replaceFailed(db, request, now),
      ...endAccess(db, id, ending),
      ...reopenAccess(db, id, reopening, sql`${isStored(request, now)} and ${left} > 0`),
      updateAttention(db, id),
    ]),
  );
}

/** By this call: a repeated form changes nothing. */
const isStored = ({ refundId }: RefundRequest, now: number): SQL =>
  sql`exists (select 1 from ${refunds} stored where stored.id = ${refundId} and stored.created_at = ${now})`;

/** A new refund answers the question what to do about a failed one. */
function replaceFailed(db: Database, request: RefundRequest, now: number) {
  return db
    .update(refunds)
    .set({ decision: "replaced" })
    .where(
      sql`${refunds.purchaseId} = ${request.purchaseId} and ${refunds.status} in ('failed', 'canceled')
        and ${refunds.decision} is null and ${isStored(request, now)}`,
    );
}
