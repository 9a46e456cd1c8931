import { describe, expect, it } from "vitest";
import type { PayInput } from "../control/protocol.ts";
import { localStripeKeys } from "../environment.ts";
import { courseSession, errorOf, startStripe } from "./support.ts";

/** A local Stripe with a paid session. */
async function startWithPayment(method: PayInput["method"] = "card") {
  const local = await startStripe();
  const { stripe, control } = local;
  const session = await stripe.checkout.sessions.create(courseSession);
  await control.pay(session.id, { method });
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
  const paymentIntent = String(payment_intent);
  const latestTypes = async (count: number) =>
    (await stripe.events.list({ limit: count })).data.map(({ type }) => type).reverse();
  const charge = async () => (await stripe.charges.list({ payment_intent: paymentIntent })).data[0];
  return { ...local, paymentIntent, latestTypes, charge };
}

describe("a refund", () => {
  it("in parts and of the rest is reported by events", async () => {
    const { stripe, paymentIntent, latestTypes, charge } = await startWithPayment();
    const first = await stripe.refunds.create(
      { payment_intent: paymentIntent, amount: 900, reason: "requested_by_customer" },
      { idempotencyKey: "refund-1" },
    );
    expect(first).toMatchObject({
      object: "refund",
      amount: 900,
      currency: "eur",
      status: "succeeded",
      payment_intent: paymentIntent,
      reason: "requested_by_customer",
    });
    expect(await latestTypes(2)).toEqual(["charge.refunded", "refund.created"]);
    expect(await charge()).toMatchObject({ amount_refunded: 900, refunded: false });
    const rest = await stripe.refunds.create({ payment_intent: paymentIntent });
    expect(rest.amount).toBe(2000);
    expect(await charge()).toMatchObject({ amount_refunded: 2900, refunded: true });
    const [event] = (await stripe.events.list({ type: "refund.created" })).data;
    expect(event).toMatchObject({ data: { object: { id: rest.id } } });
    const list = await stripe.refunds.list({ payment_intent: paymentIntent });
    expect(list.data.map(({ id }) => id)).toEqual([rest.id, first.id]);
    const expanded = await stripe.refunds.retrieve(first.id, { expand: ["charge"] });
    expect(expanded.charge).toMatchObject({ object: "charge", amount: 2900 });
  });

  it("with the same idempotency key happens once", async () => {
    const { stripe, paymentIntent, charge } = await startWithPayment();
    const create = () =>
      stripe.refunds.create(
        { payment_intent: paymentIntent, amount: 500 },
        { idempotencyKey: "same" },
      );
    expect((await create()).id).toBe((await create()).id);
    expect(await charge()).toMatchObject({ amount_refunded: 500 });
  });

  it("is refused if it is too large, done already, unknown or unpaid", async () => {
    const { stripe, control, paymentIntent } = await startWithPayment();
    const refund = (amount?: number) =>
      stripe.refunds.create({ payment_intent: paymentIntent, ...(amount && { amount }) });
    expect((await errorOf(refund(2901))).message).toContain("greater than unrefunded amount");
    await refund();
    expect((await errorOf(refund())).code).toBe("charge_already_refunded");
    const unknown = stripe.refunds.create({ payment_intent: "pi_x" });
    expect((await errorOf(unknown)).code).toBe("resource_missing");
    expect((await errorOf(stripe.refunds.create({}))).statusCode).toBe(400);
    expect((await errorOf(stripe.refunds.retrieve("re_x"))).code).toBe("resource_missing");
    const other = await stripe.checkout.sessions.create(courseSession);
    await control.pay(other.id, { method: "card_declined" });
    const { payment_intent } = await stripe.checkout.sessions.retrieve(other.id);
    const unpaid = stripe.refunds.create({ payment_intent: String(payment_intent) });
    expect((await errorOf(unpaid)).message).toContain("does not have a successful charge");
  });

  it("can be pending first", async () => {
    const { stripe, control, paymentIntent, latestTypes } =
      await startWithPayment("card_refund_pending");
    const { id, status, pending_reason } = await stripe.refunds.create({
      payment_intent: paymentIntent,
    });
    expect({ status, pending_reason }).toEqual({ status: "pending", pending_reason: "processing" });
    await control.shiftClock(181_000);
    expect((await stripe.refunds.retrieve(id)).status).toBe("succeeded");
    expect(await latestTypes(2)).toEqual(["refund.updated", "charge.refund.updated"]);
  });

  it("can fail later, and then be made again", async () => {
    const { stripe, control, paymentIntent, latestTypes, charge } =
      await startWithPayment("card_refund_failing");
    const { id, status } = await stripe.refunds.create({ payment_intent: paymentIntent });
    expect(status).toBe("succeeded");
    await control.shiftClock(181_000);
    expect(await stripe.refunds.retrieve(id)).toMatchObject({
      status: "failed",
      failure_reason: "expired_or_canceled_card",
    });
    expect((await latestTypes(1))[0]).toBe("refund.failed");
    expect(await charge()).toMatchObject({ amount_refunded: 0, refunded: false });
    expect((await stripe.refunds.create({ payment_intent: paymentIntent })).amount).toBe(2900);
  });

  it("from the dashboard is like one from the API", async () => {
    const { stripe, control, paymentIntent } = await startWithPayment("card_refund_pending");
    const { id } = await control.refund(paymentIntent, { amount: 100 });
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ amount: 100, metadata: {} });
    await control.settleRefund(id, "canceled");
    await control.settleRefund(id, "succeeded");
    expect((await stripe.refunds.retrieve(id)).status).toBe("canceled");
    await expect(control.refund(paymentIntent, { amount: 2901 })).rejects.toThrow("greater than");
  });

  it("needs the permission for charges", async () => {
    const { control, clientFor, paymentIntent } = await startWithPayment();
    const { restrictedKey } = localStripeKeys;
    const restricted = clientFor(restrictedKey);
    await restricted.refunds.create({ payment_intent: paymentIntent, amount: 1 });
    const permissions = ["charge_read" as const];
    await control.updateSettings({ restrictedKeys: [{ key: restrictedKey, permissions }] });
    expect((await restricted.refunds.list()).data).toHaveLength(1);
    const refused = restricted.refunds.create({ payment_intent: paymentIntent });
    expect((await errorOf(refused)).message).toContain("rak_charge_write");
  });
});

describe("a dispute", () => {
  it("is opened by some cards, and lost", async () => {
    const { stripe, control, paymentIntent, latestTypes, charge } =
      await startWithPayment("card_disputed");
    const [dispute] = (await stripe.disputes.list({ payment_intent: paymentIntent })).data;
    expect(dispute).toMatchObject({ amount: 2900, reason: "fraudulent", status: "needs_response" });
    expect(await charge()).toMatchObject({ disputed: true });
    expect((await latestTypes(2))[0]).toBe("charge.dispute.created");
    const refund = stripe.refunds.create({ payment_intent: paymentIntent });
    expect((await errorOf(refund)).code).toBe("charge_disputed");
    await control.closeDispute(dispute?.id ?? "", "lost");
    await control.closeDispute(dispute?.id ?? "", "won");
    expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("lost");
    expect(await latestTypes(1)).toEqual(["charge.dispute.closed"]);
  });

  it("can be opened by hand and won, after which refunds work again", async () => {
    const { stripe, control, paymentIntent } = await startWithPayment();
    const { id } = await control.dispute(paymentIntent);
    await control.closeDispute(id, "won");
    expect((await stripe.disputes.retrieve(id)).status).toBe("won");
    await stripe.refunds.create({ payment_intent: paymentIntent });
    await expect(control.dispute(paymentIntent)).rejects.toThrow("Nothing is left");
    expect((await errorOf(stripe.disputes.retrieve("du_x"))).code).toBe("resource_missing");
  });
});

it("the control page refunds, answers for the bank, disputes and closes", async () => {
  const { origin, stripe, paymentIntent } = await startWithPayment("card_refund_pending");
  const page = async () => (await fetch(`${origin}/payments`)).text();
  const submit = async (path: string, form: Record<string, string> = {}) => {
    const init = { headers: { origin }, body: new URLSearchParams(form) };
    return (await fetch(origin + path, { method: "POST", redirect: "manual", ...init })).status;
  };
  expect(await page()).toContain("Dispute</button>");
  expect(await submit(`/payments/${paymentIntent}/refund`, { amount: "900" })).toBe(303);
  const [refund] = (await stripe.refunds.list()).data;
  expect(await page()).toContain("Refund of €9.00");
  expect(await submit(`/refunds/${refund?.id}/settle`, { outcome: "failed" })).toBe(303);
  expect((await stripe.refunds.retrieve(refund?.id ?? "")).status).toBe("failed");
  expect(await submit(`/payments/${paymentIntent}/refund`, { amount: "0" })).toBe(422);
  expect(await submit(`/payments/${paymentIntent}/dispute`)).toBe(303);
  const [dispute] = (await stripe.disputes.list()).data;
  expect(await page()).toContain("Dispute of €29.00");
  expect(await submit(`/disputes/${dispute?.id}/close`, { outcome: "lost" })).toBe(303);
  expect(await submit(`/payments/${paymentIntent}/refund`, { amount: "" })).toBe(422);
  for (const id of [refund?.id, dispute?.id]) {
    expect(await (await fetch(`${origin}/objects/${id}`)).text()).toContain(paymentIntent);
  }
});
