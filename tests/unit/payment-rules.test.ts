import { describe, expect, test } from "vitest";
import { paymentStates } from "../../app/db/enums.ts";
import { flagInstructions } from "../../app/features/purchases/payment-flags.ts";
import { offeredProviders } from "../../app/features/purchases/payment-provider.ts";
import { paymentReference } from "../../app/features/purchases/payment-reference.ts";
import { paymentRanks, stateOf } from "../../app/features/purchases/payment-transition.ts";
import {
  instructionsFor,
  moneyFlagInstructions,
  needsDecision,
} from "../../app/features/purchases/refunds/money-flags.ts";
import { disputeRanks, refundRanks } from "../../app/features/purchases/refunds/refund-status.ts";
import { checkoutSessionSchema } from "../../app/stripe/checkout-session.server.ts";
import { isRefused, nullIfMissing } from "../../app/stripe/stripe-client.server.ts";

const session = checkoutSessionSchema.parse({
  id: "cs_1",
  metadata: { order: "order_1" },
  livemode: false,
  status: "complete",
  payment_status: "unpaid",
  amount_subtotal: 1000,
  amount_total: 1000,
  currency: "eur",
  total_details: null,
  payment_intent: null,
  url: null,
});

describe("a session reports", () => {
  test.each([
    ["open", "unpaid", false, null],
    ["open", "unpaid", true, null],
    ["expired", "unpaid", false, "expired"],
    ["expired", "unpaid", true, "expired"],
    ["complete", "unpaid", false, "processing"],
    ["complete", "unpaid", true, "failed"],
    ["complete", "paid", false, "paid"],
    ["complete", "paid", true, "paid"],
    ["complete", "no_payment_required", false, "paid"],
    ["open", "paid", false, "paid"],
    ["expired", "paid", false, "paid"],
  ] as const)("%s, %s, failed %s: %s", (status, paymentStatus, paymentHasFailed, expected) => {
    expect(stateOf({ ...session, status, paymentStatus, paymentHasFailed })).toBe(expected);
  });
});

test("money outranks every other end of a payment, and an end outranks waiting", () => {
  const ends = ["canceled", "expired", "failed"] as const;
  for (const state of paymentStates.filter((one) => one !== "paid")) {
    expect(paymentRanks.paid).toBeGreaterThan(paymentRanks[state]);
  }
  for (const end of ends) {
    expect(paymentRanks[end]).toBeGreaterThan(paymentRanks.processing);
    expect(paymentRanks[end]).toBe(paymentRanks.failed);
  }
  expect(paymentRanks.processing).toBeGreaterThan(paymentRanks.open);
});

test("a refund can fail after it succeeded, and a lost dispute can be won", () => {
  expect(refundRanks.succeeded).toBeGreaterThan(refundRanks.pending);
  expect(refundRanks.failed).toBeGreaterThan(refundRanks.succeeded);
  expect(refundRanks.canceled).toBe(refundRanks.failed);
  expect(disputeRanks.lost).toBeGreaterThan(disputeRanks.open);
  expect(disputeRanks.won).toBeGreaterThan(disputeRanks.lost);
});

test("an admin decides once about a refund that did not reach the buyer", () => {
  const refund = (
    status: "pending" | "succeeded" | "failed" | "canceled",
    decision: string | null,
  ) => needsDecision({ status, decision, stripeRefundId: "re_1" });
  expect(refund("failed", null)).toBe(true);
  expect(refund("canceled", null)).toBe(true);
  expect(refund("failed", "kept")).toBe(false);
  expect(refund("canceled", "kept")).toBe(false);
  expect(refund("pending", null)).toBe(false);
  expect(refund("succeeded", null)).toBe(false);
});

test("a purchase names all that an admin has to do", () => {
  const all = { flag: "second-payment", hasFailedRefund: 1, hasOpenDispute: 1 } as const;
  expect(instructionsFor(all)).toEqual([
    flagInstructions["second-payment"],
    moneyFlagInstructions["refund-failed"],
    moneyFlagInstructions["dispute-open"],
  ]);
  expect(instructionsFor({ flag: null, hasFailedRefund: 0, hasOpenDispute: 0 })).toEqual([]);
});

test("paying later is offered without Stripe, or with instructions", () => {
  const STRIPE_SECRET_KEY = "sk_test_1";
  const PAYMENT_INSTRUCTIONS = "By bank transfer";
  expect(offeredProviders({})).toEqual(["pay-later"]);
  expect(offeredProviders({ PAYMENT_INSTRUCTIONS })).toEqual(["pay-later"]);
  expect(offeredProviders({ STRIPE_SECRET_KEY })).toEqual(["stripe"]);
  expect(offeredProviders({ STRIPE_SECRET_KEY, PAYMENT_INSTRUCTIONS })).toEqual([
    "stripe",
    "pay-later",
  ]);
});

test("a payment's reference never changes and comes from the random end of the order's id", () => {
  expect(paymentReference("01890000-0000-7000-8000-000000000000")).toBe("CP-0000000000");
  expect(paymentReference("01890000-0000-7000-8000-000000000001")).toBe("CP-1000000000");
  expect(paymentReference("01890000-0000-7000-8000-00000000003f")).toBe("CP-Z100000000");
  expect(paymentReference("ffffffff-ffff-7fff-8000-000000000001")).toBe("CP-1000000000");
  expect(paymentReference("01890000-0000-7000-8003-ffffffffffff")).toBe("CP-ZZZZZZZZZZ");
});

test("only answers of Stripe decide; without one, the outcome is unknown", () => {
  expect(isRefused({ statusCode: 400 })).toBe(true);
  expect(isRefused({ statusCode: 404 })).toBe(true);
  expect(nullIfMissing({ statusCode: 404 })).toBeNull();
  for (const error of [
    { statusCode: 500 },
    { statusCode: "404" },
    {},
    null,
    "404",
    new Error("x"),
  ]) {
    expect(() => isRefused(error)).toThrow();
    expect(() => nullIfMissing(error)).toThrow();
  }
  expect(() => nullIfMissing({ statusCode: 400 })).toThrow();
});
