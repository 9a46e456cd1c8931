import assert from "node:assert/strict";
import type Stripe from "stripe";
import { chargesOf, type Purchase, type RefundRow, type Rows } from "./read-money.ts";

export const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** The totals that the console shows are what Stripe has, and what was paid by hand. */
export function expectTotals(
  charges: readonly Stripe.Charge[],
  { purchases, refunds, totals }: Pick<Rows, "purchases" | "refunds" | "totals">,
): void {
  const ours = purchases.flatMap((purchase) => chargesOf(purchase, charges));
  const byHand = purchases.filter((purchase) => isPaidByHand(purchase, charges));
  const refundedByHand = refunds.filter(({ payment_intent_id }) => payment_intent_id === null);
  assert.deepEqual(
    totals,
    {
      paid:
        sum(ours.map(({ amount }) => amount)) + sum(byHand.map(({ price_minor }) => price_minor)),
      refunded:
        sum(ours.map(({ amount_refunded }) => amount_refunded)) + refundedTotal(refundedByHand),
    },
    "totals",
  );
}

/** Not if an admin has accepted another amount. */
export const isPaidByHand = (purchase: Purchase, charges: readonly Stripe.Charge[]) =>
  purchase.is_settled_by_hand === 1 &&
  chargesOf(purchase, charges).every(({ amount }) => amount === purchase.price_minor);

/** Known to Stripe, or recorded by hand. */
export const isReal = ({ stripe_refund_id, status }: RefundRow) =>
  stripe_refund_id !== null || status === "succeeded";

export const isBack = ({ status }: RefundRow) => status === "pending" || status === "succeeded";

export const refundedTotal = (rows: readonly RefundRow[]) =>
  rows
    .filter((row) => isBack(row) && isReal(row))
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0);
