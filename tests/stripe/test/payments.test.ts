import { describe, expect, it } from "vitest";
import type { PayInput } from "../control/protocol.ts";
import { courseSession, errorOf, startStripe } from "./support.ts";

async function startWithSession() {
  const local = await startStripe();
  const { stripe, control } = local;
  const { id } = await stripe.checkout.sessions.create(courseSession);
  const eventTypes = async () =>
    (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse();
  return {
    ...local,
    id,
    eventTypes,
    pay: (method: PayInput["method"]) => control.pay(id, { method }),
    session: () => stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent"] }),
  };
}

describe("a payment", () => {
  it("by card completes the session at once", async () => {
    const { id, pay, session, stripe, eventTypes } = await startWithSession();
    const { outcome, url } = await pay("card");
    expect(outcome).toBe("complete");
    expect(url).toBe(`http://localhost:8787/orders/order-1?session=${id}`);
    expect(await session()).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer_details: { email: "payer@example.com" },
      payment_intent: { status: "succeeded", amount_received: 2900, currency: "eur" },
    });
    expect(await eventTypes()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    const [completed] = (await stripe.events.list({ type: "checkout.session.completed" })).data;
    expect(completed).toMatchObject({
      data: { object: { id, payment_status: "paid" } },
      request: { id: null, idempotency_key: null },
    });
    expect((await pay("card")).outcome).toBe("closed");
  });

  it("by a declined card leaves the session open for another card", async () => {
    const { pay, session, eventTypes } = await startWithSession();
    expect((await pay("card_declined")).outcome).toBe("declined");
    expect(await session()).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { code: "card_declined", decline_code: "generic_decline" },
      },
    });
    const first = await session();
    await pay("card");
    const second = await session();
    expect(second).toMatchObject({ status: "complete", payment_intent: { status: "succeeded" } });
    expect(second.payment_intent).toMatchObject({ last_payment_error: null });
    expect(first.payment_intent).toMatchObject({
      id: typeof second.payment_intent === "object" ? second.payment_intent?.id : undefined,
    });
    expect(await eventTypes()).toEqual([
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
  });

  it("by a card that needs confirmation waits for it", async () => {
    const { id, pay, session, control } = await startWithSession();
    expect((await pay("card_confirmed")).outcome).toBe("confirm");
    expect(await session()).toMatchObject({
      status: "open",
      payment_intent: { status: "requires_action" },
    });
    expect((await control.confirm(id, false)).outcome).toBe("declined");
    expect(await session()).toMatchObject({
      payment_intent: {
        last_payment_error: { code: "payment_intent_authentication_failure" },
      },
    });
    await pay("card_confirmed");
    expect((await control.confirm(id)).outcome).toBe("complete");
    expect(await session()).toMatchObject({ status: "complete", payment_status: "paid" });
  });

  it("by bank debit completes the session unpaid, and is paid later", async () => {
    const { pay, session, control, stripe, eventTypes } = await startWithSession();
    await pay("bank_debit");
    expect(await session()).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
      payment_intent: { status: "processing", amount_received: 0 },
    });
    await control.shiftClock(179_000);
    expect((await session()).payment_status).toBe("unpaid");
    await control.shiftClock(181_000);
    expect(await session()).toMatchObject({
      payment_status: "paid",
      payment_intent: { status: "succeeded" },
    });
    expect(await eventTypes()).toEqual([
      "payment_intent.created",
      "charge.pending",
      "payment_intent.processing",
      "checkout.session.completed",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.async_payment_succeeded",
    ]);
    const [charge] = (await stripe.charges.list()).data;
    expect(charge).toMatchObject({
      status: "succeeded",
      payment_method_details: { type: "sepa_debit", sepa_debit: { last4: "3204" } },
    });
  });

  it("by bank debit can fail later", async () => {
    const { pay, session, control, eventTypes } = await startWithSession();
    await pay("bank_debit_failing");
    await control.shiftClock(181_000);
    expect(await session()).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
      payment_intent: { status: "requires_payment_method" },
    });
    expect((await eventTypes()).at(-1)).toBe("checkout.session.async_payment_failed");
  });

  it("by bank debit can be settled by hand", async () => {
    const { pay, session, control } = await startWithSession();
    await control.updateSettings({ bankDebits: { settleAfterMs: null } });
    await pay("bank_debit");
    const { payment_intent } = await session();
    const id = typeof payment_intent === "object" ? (payment_intent?.id ?? "") : "";
    await control.settle(id, "succeeded");
    await control.settle(id, "failed");
    expect((await session()).payment_status).toBe("paid");
  });

  it("and its charge can be retrieved and listed", async () => {
    const { pay, session, stripe } = await startWithSession();
    await pay("card");
    const { payment_intent } = await session();
    const id = typeof payment_intent === "object" ? (payment_intent?.id ?? "") : "";
    const intent = await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });
    expect(intent.latest_charge).toMatchObject({ payment_intent: id, paid: true, refunded: false });
    const [charge] = (await stripe.charges.list({ payment_intent: id })).data;
    expect(await stripe.charges.retrieve(charge?.id ?? "")).toEqual(charge);
    expect((await stripe.paymentIntents.list()).data.map((item) => item.id)).toEqual([id]);
    expect((await errorOf(stripe.paymentIntents.retrieve("pi_x"))).code).toBe("resource_missing");
    expect((await errorOf(stripe.charges.retrieve("ch_x"))).code).toBe("resource_missing");
  });

  it("can only use the methods of the session", async () => {
    const { stripe, control } = await startStripe();
    const { id } = await stripe.checkout.sessions.create({
      ...courseSession,
      allowed_payment_method_types: ["card"],
    });
    await expect(control.pay(id, { method: "bank_debit" })).rejects.toThrow("not available");
  });
});
