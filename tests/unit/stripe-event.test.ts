import { describe, expect, test } from "vitest";
import { parseStripeEvent, readStripeEvent } from "../../app/stripe/stripe-event.server.ts";

const session = {
  id: "cs_1",
  client_reference_id: "set by the payer",
  metadata: { order: "order_1" },
  livemode: false,
  status: "complete",
  payment_status: "paid",
  amount_subtotal: 1000,
  amount_total: 1000,
  currency: "eur",
  total_details: { amount_discount: 5, amount_tax: 7 },
  payment_intent: "pi_1",
  url: null,
};
const refund = {
  id: "re_1",
  payment_intent: "pi_1",
  amount: 300,
  currency: "eur",
  status: "succeeded",
  reason: "duplicate",
  metadata: { refund: "request_1" },
};
const charge = { payment_intent: "pi_1", amount_refunded: 300, metadata: { order: "order_1" } };
const dispute = {
  id: "du_1",
  payment_intent: "pi_1",
  amount: 1000,
  currency: "usd",
  reason: "fraudulent",
  status: "needs_response",
  evidence_details: { due_by: 1_700_000_000 },
};

const eventOf = (type: string, object: unknown) => ({
  id: "evt_1",
  type,
  livemode: false,
  data: { object },
});
const read = (type: string, object: unknown) =>
  readStripeEvent(eventOf(type, object), false)?.change;
const readSession = (changed: object) =>
  read("checkout.session.completed", { ...session, ...changed });
const readRefund = (changed: object) => read("refund.updated", { ...refund, ...changed });
const readDispute = (changed: object) => read("charge.dispute.closed", { ...dispute, ...changed });

describe("a session", () => {
  const types = ["completed", "async_payment_succeeded", "expired"];
  test.each(types)("of checkout.session.%s", (type) => {
    expect(read(`checkout.session.${type}`, session)).toEqual({
      kind: "session",
      session: {
        id: "cs_1",
        orderId: "order_1",
        livemode: false,
        status: "complete",
        paymentStatus: "paid",
        amountSubtotal: 1000,
        amountTotal: 1000,
        currency: "EUR",
        discount: 5,
        tax: 7,
        paymentIntentId: "pi_1",
        paymentHasFailed: false,
        method: null,
        url: null,
      },
    });
  });

  test("whose payment has failed", () => {
    expect(read("checkout.session.async_payment_failed", session)).toMatchObject({
      session: { paymentHasFailed: true },
    });
  });

  test("without what Stripe may leave out", () => {
    const absent = { metadata: null, currency: null, total_details: null, payment_intent: null };
    expect(readSession(absent)).toMatchObject({
      session: { orderId: null, currency: null, discount: 0, tax: 0, paymentIntentId: null },
    });
    expect(readSession({ metadata: {} })).toMatchObject({ session: { orderId: null } });
  });

  test("with its payment", () => {
    const payment = (status: string, latest_charge: unknown) =>
      readSession({ payment_intent: { id: "pi_2", status, latest_charge } });
    const details = (payment_method_details: unknown) => ({ payment_method_details });
    const card = { type: "card", card: { brand: "visa", last4: "4242" } };
    const expected = (paymentHasFailed: boolean, method: string | null) => ({
      session: { paymentIntentId: "pi_2", paymentHasFailed, method },
    });
    expect(payment("succeeded", details(card))).toMatchObject(
      expected(false, "Visa ending in 4242"),
    );
    expect(payment("processing", details({ type: "sepa_debit" }))).toMatchObject(
      expected(false, "Sepa debit"),
    );
    expect(payment("requires_payment_method", null)).toMatchObject(expected(true, null));
    expect(payment("canceled", "ch_1")).toMatchObject(expected(true, null));
    expect(payment("succeeded", details(null))).toMatchObject(expected(false, null));
  });
});

describe("a refund", () => {
  test.each(["created", "updated", "failed"])("of refund.%s", (type) => {
    expect(read(`refund.${type}`, refund)).toEqual({
      kind: "refund",
      refund: {
        id: "re_1",
        paymentIntentId: "pi_1",
        amountMinor: 300,
        currency: "EUR",
        status: "succeeded",
        reason: "duplicate",
        failureReason: null,
        requestId: "request_1",
      },
    });
  });

  test.each([
    ["succeeded", "succeeded"],
    ["failed", "failed"],
    ["canceled", "canceled"],
    ["pending", "pending"],
    ["requires_action", "pending"],
    [null, "pending"],
  ])("with Stripe's status %s is %s", (status, expected) => {
    expect(readRefund({ status })).toMatchObject({ refund: { status: expected } });
  });

  test("that the site did not request", () => {
    const absent = {
      payment_intent: null,
      reason: "unknown",
      failure_reason: "lost",
      metadata: null,
    };
    expect(readRefund(absent)).toMatchObject({
      refund: { paymentIntentId: "", reason: null, failureReason: "lost", requestId: null },
    });
    expect(readRefund({ metadata: {} })).toMatchObject({ refund: { requestId: null } });
  });

  test("of an expanded payment", () => {
    const payment_intent = { id: "pi_2" };
    expect(readRefund({ payment_intent })).toMatchObject({ refund: { paymentIntentId: "pi_2" } });
  });
});

test("a charge has the total of its refunds", () => {
  const change = (changed: object) => read("charge.refunded", { ...charge, ...changed });
  expect(change({})).toEqual({
    kind: "charge",
    charge: { paymentIntentId: "pi_1", amountRefunded: 300, orderId: "order_1" },
  });
  expect(change({ payment_intent: null, metadata: {} })).toMatchObject({
    charge: { paymentIntentId: "", orderId: null },
  });
});

describe("a dispute", () => {
  test.each(["created", "closed"])("of charge.dispute.%s", (type) => {
    expect(read(`charge.dispute.${type}`, dispute)).toEqual({
      kind: "dispute",
      dispute: {
        id: "du_1",
        paymentIntentId: "pi_1",
        amountMinor: 1000,
        currency: "USD",
        reason: "fraudulent",
        status: "open",
        respondBy: 1_700_000_000_000,
      },
    });
  });

  test.each([
    ["won", "won"],
    ["warning_closed", "won"],
    ["prevented", "won"],
    ["lost", "lost"],
    ["under_review", "open"],
    ["warning_needs_response", "open"],
  ])("with Stripe's status %s is %s", (status, expected) => {
    expect(readDispute({ status })).toMatchObject({ dispute: { status: expected } });
  });

  test("that cannot be answered", () => {
    const changed = { payment_intent: null, evidence_details: { due_by: null } };
    expect(readDispute(changed)).toMatchObject({
      dispute: { paymentIntentId: "", respondBy: null },
    });
  });
});

describe("is rejected, with the names of its fields", () => {
  test.each([
    [readSession({ id: "" }), "id: too_small"],
    [readSession({ id: "x".repeat(256) }), "id: too_big"],
    [readSession({ amount_subtotal: 1.5 }), "amount_subtotal: invalid_type"],
    [readSession({ status: "done" }), "status: invalid_value"],
    [readRefund({ amount: 0 }), "amount: too_small"],
    [readRefund({ currency: "xxx" }), "currency: invalid_value"],
    [readRefund({ payment_intent: { id: "" } }), "payment_intent: invalid_union"],
    [readDispute({ amount: 1.5 }), "amount: invalid_type"],
    [readDispute({ evidence_details: {} }), "evidence_details.due_by: invalid_type"],
  ])("%o", (change, error) => {
    expect(change).toEqual({ kind: "rejected", error });
  });

  test("at most 500 characters of them", () => {
    const metadata = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [index, index]));
    const change = readRefund({ metadata });
    expect(change).toMatchObject({ kind: "rejected", error: expect.stringMatching(/^.{500}$/) });
  });
});

test("an event of the other mode is rejected, and one of another kind is ignored", () => {
  const event = eventOf("refund.created", refund);
  const expected = { kind: "rejected", error: "livemode: the other mode" };
  expect(readStripeEvent(event, true)?.change).toEqual(expected);
  expect(readStripeEvent({ ...event, livemode: true }, false)?.change).toEqual(expected);
  expect(readStripeEvent({ ...event, livemode: true }, true)?.change.kind).toBe("refund");
  const other = eventOf("charge.updated", refund);
  expect(readStripeEvent(other, true)?.change).toEqual(expected);
  expect(readStripeEvent(other, false)).toEqual({
    id: "evt_1",
    type: "charge.updated",
    change: { kind: "ignored" },
  });
});

test("a body without an envelope is no event", () => {
  const event = eventOf("refund.created", refund);
  expect(parseStripeEvent(JSON.stringify(event), false)).toEqual(readStripeEvent(event, false));
  expect(parseStripeEvent("{", false)).toBeNull();
  for (const changed of [
    { id: "" },
    { id: "x".repeat(256) },
    { type: "x".repeat(101) },
    { livemode: null },
    { data: null },
  ]) {
    expect(readStripeEvent({ ...event, ...changed }, false), JSON.stringify(changed)).toBeNull();
  }
});
