import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Received, startReceiver } from "../../support/webhook-receiver.ts";
import { localStripeKeys, localStripeLiveKeys } from "../environment.ts";
import { retryDelay } from "../webhooks/schedule.ts";
import { courseSession, startStripe } from "./support.ts";

const completed = { webhooks: { enabledEvents: ["checkout.session.completed"] } };
const signatureOf = ({ headers }: Received) => headers["stripe-signature"] ?? "";

/** Starts with an endpoint for one type of event, and pays a session. */
async function startAndPay(respond?: Parameters<typeof startReceiver>[0]) {
  const { url, received } = await startReceiver(respond);
  const local = await startStripe({ webhookUrl: url });
  await local.control.updateSettings(completed);
  const pay = async (stripe: Stripe = local.stripe) => {
    const { id } = await stripe.checkout.sessions.create(courseSession);
    await local.control.pay(id);
    return id;
  };
  return { ...local, received, pay, id: await pay() };
}

describe("webhooks", () => {
  it("are verified by the official package, and only with the right secret and text", async () => {
    const { control, stripe, received, id } = await startAndPay();
    await control.waitForIdle();
    const [message] = received;
    if (message === undefined) throw new Error("No webhook arrived");
    const { body } = message;
    const signature = signatureOf(message);
    const verify = (text: string, secret: string = localStripeKeys.webhookSecret) =>
      stripe.webhooks.constructEvent(text, signature, secret);
    const event = verify(body);
    expect(event).toMatchObject({
      object: "event",
      type: "checkout.session.completed",
      pending_webhooks: 1,
      data: { object: { id } },
    });
    expect(() => verify(body, "whsec_wrong")).toThrow("No signatures found");
    expect(() => verify(JSON.stringify(JSON.parse(body)))).toThrow("No signatures found");
    expect(signature).toMatch(/^t=\d+,v1=[0-9a-f]{64},v0=[0-9a-f]{64}$/);
    expect(message.headers["user-agent"]).toContain("Stripe/1.0");
    const { pending_webhooks, ...rest } = await stripe.events.retrieve(event.id);
    expect(pending_webhooks).toBe(0);
    expect(event).toMatchObject(JSON.parse(JSON.stringify(rest)));
  });

  it("are sent only for the enabled types", async () => {
    const { control, received, stripe } = await startAndPay();
    await control.waitForIdle();
    expect(received).toHaveLength(1);
    expect((await stripe.events.list()).data).toHaveLength(4);
  });

  it("are retried three times in test mode, then given up", async () => {
    const { control, received, id } = await startAndPay(() => 500);
    await control.waitForIdle({ retries: true });
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    const [message] = await control.listWebhookMessages({ subjectId: id });
    expect(message).toMatchObject({ status: "exhausted", attempts: 4 });
  });

  it("are retried for three days in live mode, without a fake signature", async () => {
    const { clientFor, control, received, pay } = await startAndPay(() => 302);
    await control.waitForIdle({ retries: true });
    received.length = 0;
    await pay(clientFor(localStripeLiveKeys.secretKey));
    await control.waitForIdle({ retries: true });
    expect(received).toHaveLength(10);
    expect(received.every((message) => !signatureOf(message).includes("v0="))).toBe(true);
    const delays = Array.from({ length: 9 }, (_, index) => retryDelay(true, index + 1, 1) ?? 0);
    const hours = delays.reduce((total, delay) => total + delay) / 3_600_000;
    expect(hours).toBeGreaterThan(60);
    expect(hours).toBeLessThanOrEqual(72);
    expect(retryDelay(true, 10, 1)).toBeUndefined();
  });

  it("are signed with every active secret", async () => {
    const { control, received, stripe } = await startAndPay();
    const { secret } = await control.rotateWebhookSecret({ graceMs: 60_000 });
    const [message] = await control.listWebhookMessages();
    await control.redeliver(message?.id ?? "");
    await control.waitForIdle();
    const last = received.at(-1);
    if (last === undefined) throw new Error("No webhook arrived");
    for (const key of [secret, localStripeKeys.webhookSecret]) {
      expect(stripe.webhooks.constructEvent(last.body, signatureOf(last), key).id).toBe(
        message?.id,
      );
    }
    await control.shiftClock(61_000);
    await control.redeliver(message?.id ?? "");
    await control.waitForIdle();
    expect(signatureOf(received.at(-1) ?? last).match(/v1=/g)).toHaveLength(1);
  });

  it("can be of any type and mode", async () => {
    const { control, received, stripe } = await startAndPay();
    await control.updateSettings({ webhooks: { enabledEvents: ["*"] } });
    await control.publishEvent({ type: "charge.refunded", livemode: true, object: { id: "ch_1" } });
    await control.waitForIdle();
    const last = received.at(-1);
    if (last === undefined) throw new Error("No webhook arrived");
    const secret = localStripeKeys.webhookSecret;
    expect(stripe.webhooks.constructEvent(last.body, signatureOf(last), secret)).toMatchObject({
      type: "charge.refunded",
      livemode: true,
      data: { object: { id: "ch_1" } },
    });
  });
});

describe("the events list", () => {
  it("filters by type, up to 20 of them", async () => {
    const { stripe } = await startAndPay();
    const typesOf = async (params: Stripe.EventListParams) =>
      (await stripe.events.list(params)).data.map(({ type }) => type);
    expect(await typesOf({ type: "charge.succeeded" })).toEqual(["charge.succeeded"]);
    expect(await typesOf({ type: "payment_intent.*" })).toHaveLength(2);
    expect(await typesOf({ types: ["charge.succeeded", "checkout.session.completed"] })).toEqual([
      "checkout.session.completed",
      "charge.succeeded",
    ]);
    await expect(typesOf({ type: "a", types: ["b"] })).rejects.toThrow("only specify one");
    await expect(typesOf({ types: Array.from({ length: 21 }, () => "a") })).rejects.toThrow("20");
  });

  it("filters by delivery", async () => {
    let status = 500;
    const { control, stripe } = await startAndPay(() => status);
    await control.waitForIdle({ retries: true });
    const failed = await stripe.events.list({ delivery_success: false });
    expect(failed.data.map(({ type }) => type)).toEqual(["checkout.session.completed"]);
    expect(failed.data[0]?.pending_webhooks).toBe(1);
    expect((await stripe.events.list({ delivery_success: true })).data).toHaveLength(3);
    status = 200;
    await control.redeliver(failed.data[0]?.id ?? "");
    await control.waitForIdle();
    expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
  });

  it("has pages, in order from a known event, and the last 30 days", async () => {
    const { control, stripe } = await startAndPay();
    const all: string[] = [];
    for await (const { type } of stripe.events.list({ limit: 1 })) all.push(type);
    expect(all).toEqual([
      "checkout.session.completed",
      "payment_intent.succeeded",
      "charge.succeeded",
      "payment_intent.created",
    ]);
    const oldest = (await stripe.events.list()).data.at(-1);
    const newer: string[] = [];
    const ending_before = oldest?.id ?? "";
    for await (const event of stripe.events.list({ limit: 2, ending_before })) {
      newer.push(event.type);
    }
    expect(newer).toEqual([...all].reverse().slice(1));
    await control.shiftClock(31 * 24 * 60 * 60 * 1000);
    expect((await stripe.events.list()).data).toEqual([]);
    await expect(stripe.events.retrieve(ending_before)).rejects.toThrow("No such event");
  });

  it("names the request that caused an event", async () => {
    const { stripe } = await startStripe();
    const { id } = await stripe.checkout.sessions.create(courseSession);
    const expired = await stripe.checkout.sessions.expire(id, {}, { idempotencyKey: "expire-1" });
    const [event] = (await stripe.events.list()).data;
    const request = { id: expired.lastResponse.requestId, idempotency_key: "expire-1" };
    expect(event?.request).toEqual(request);
    expect(z.object({ id: z.string() }).parse(event?.data.object).id).toBe(id);
  });
});
