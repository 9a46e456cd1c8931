import { describe, expect, it } from "vitest";
import { z } from "zod";
import { localStripeKeys } from "../environment.ts";
import { courseSession, errorOf, startStripe } from "./support.ts";

async function startWithPage() {
  const local = await startStripe();
  await local.control.hold();
  const page = async (path: string) => (await fetch(local.origin + path)).text();
  const submit = async (path: string, form: Record<string, string> = {}, origin = local.origin) => {
    const body = new URLSearchParams(form);
    const init = { method: "POST", headers: { origin }, body, redirect: "manual" as const };
    return (await fetch(local.origin + path, init)).status;
  };
  return { ...local, page, submit };
}

describe("the control page", () => {
  it("shows sessions, payments and events with their deliveries", async () => {
    const { stripe, control, page } = await startWithPage();
    expect(await page("/")).toContain("No sessions yet.");
    const { id } = await stripe.checkout.sessions.create(courseSession);
    expect(await page("/")).toContain(`href="/pay/${id}"`);
    await control.pay(id, { method: "bank_debit" });
    expect(await page("/")).toContain("unpaid");
    expect(await page("/payments")).toContain("Settle");
    expect(await page("/events")).toContain("checkout.session.completed");
    const [message] = await control.listWebhookMessages({ subjectId: id });
    await control.release();
    await control.waitForIdle();
    const event = await page(`/events/${message?.id}`);
    expect(event).toContain("stripe-signature: t=");
    expect(event).toContain("Redeliver");
    expect(await page(`/objects/${id}`)).toContain("checkout.session.completed");
    const { payment_intent } = await stripe.checkout.sessions.retrieve(id);
    expect(await page(`/objects/${payment_intent}`)).toContain("payment_intent.processing");
    expect((await page("/objects/nothing")).includes("Nothing has the id nothing")).toBe(true);
  });

  it("expires sessions, settles bank debits, resends events and changes settings", async () => {
    const { stripe, control, submit } = await startWithPage();
    const first = await stripe.checkout.sessions.create(courseSession);
    expect(await submit(`/sessions/${first.id}/expire`)).toBe(303);
    expect((await stripe.checkout.sessions.retrieve(first.id)).status).toBe("expired");

    const second = await stripe.checkout.sessions.create(courseSession);
    await control.pay(second.id, { method: "bank_debit" });
    const { payment_intent } = await stripe.checkout.sessions.retrieve(second.id);
    expect(await submit(`/payments/${payment_intent}/settle`, { outcome: "failed" })).toBe(303);
    const [event] = (await stripe.events.list()).data;
    expect(event?.type).toBe("checkout.session.async_payment_failed");

    await control.release();
    await control.waitForIdle();
    expect(await submit(`/events/${event?.id}/redeliver`)).toBe(303);
    expect(await control.listWebhookAttempts(event?.id ?? "")).toHaveLength(2);

    const settings = {
      url: "http://localhost:1/hook",
      retryDelayScale: "1",
      secrets: localStripeKeys.webhookSecret,
      enabledEvents: "checkout.session.completed\ncheckout.session.expired",
      settleAfterMs: "",
      refundsSettleAfterMs: "0",
      taxPercent: "7",
    };
    expect(await submit("/settings", settings)).toBe(303);
    expect(await control.getSettings()).toMatchObject({
      bankDebits: { settleAfterMs: null },
      refunds: { settleAfterMs: 0 },
      tax: { percent: 7 },
      webhooks: { enabledEvents: ["checkout.session.completed", "checkout.session.expired"] },
    });
    expect(await submit("/settings", { ...settings, secrets: "secret" })).toBe(422);
    expect(await submit("/reset")).toBe(303);
    expect((await stripe.events.list()).data).toEqual([]);
  });

  it("returns to a saved state, with the webhooks that were pending", async () => {
    const { stripe, control } = await startWithPage();
    const { id } = await stripe.checkout.sessions.create(courseSession);
    await control.expire(id);
    await control.save();
    await control.release();
    await control.waitForIdle();
    await stripe.checkout.sessions.create(courseSession);
    await control.hold();
    for (const _ of [1, 2]) {
      await control.restore();
      expect((await stripe.checkout.sessions.list()).data).toMatchObject([{ id }]);
      expect(await control.listWebhookMessages()).toMatchObject([{ status: "pending" }]);
      await control.reset();
    }
  });

  it("escapes what the app sends", async () => {
    const { stripe, page } = await startWithPage();
    const [item] = courseSession.line_items;
    const { id } = await stripe.checkout.sessions.create({
      ...courseSession,
      line_items: [
        {
          quantity: 1,
          price_data: {
            ...item?.price_data,
            currency: "eur",
            product_data: { name: "<script>alert(1)</script>" },
          },
        },
      ],
    });
    for (const path of ["/", `/objects/${id}`, `/pay/${id}`]) {
      expect(await page(path), path).not.toContain("<script>");
    }
  });

  it("obeys neither other sites nor proxies", async () => {
    const { submit, origin } = await startWithPage();
    expect(await submit("/reset", {}, "https://evil.example")).toBe(403);
    const proxied = { "x-forwarded-host": "evil.example" };
    expect((await fetch(`${origin}/control/settings`, { headers: proxied })).status).toBe(403);
    expect((await fetch(`${origin}/`, { headers: proxied })).status).toBe(403);
  });
});

describe("chaos", () => {
  it("drops, duplicates, delays and corrupts webhooks", async () => {
    const { control } = await startStripe({ retryDelayScale: 0 });
    const send = async () => {
      const { id } = await control.publishEvent({ type: "test.event", object: { id: "obj_1" } });
      await control.waitForIdle({ retries: true });
      const message = (await control.listWebhookMessages()).find((item) => item.id === id);
      return { ...message, sent: (await control.listWebhookAttempts(id)).length };
    };
    await control.updateChaos({ deliveries: { drop: { next: 1 } } });
    expect(await send()).toMatchObject({ status: "dropped", sent: 0 });
    await control.updateChaos({ deliveries: { duplicate: { next: 1, copies: 2 } } });
    expect(await send()).toMatchObject({ status: "delivered", sent: 3 });
    await control.updateChaos({ deliveries: { badSignature: { next: 1 } } });
    expect(await send()).toMatchObject({ status: "delivered", sent: 1 });
    await control.updateChaos({ deliveries: { delay: { next: 1, ms: 10 } } });
    expect(await send()).toMatchObject({ status: "delivered", sent: 1 });
    await control.updateChaos({ deliveries: { reorder: { size: 2, holdMs: 1 } } });
    expect(await send()).toMatchObject({ status: "delivered", sent: 1 });
  });

  it("makes a dropped event appear as undelivered", async () => {
    const { control, stripe } = await startStripe();
    await control.updateChaos({ deliveries: { drop: { next: 1 } } });
    const { id } = await control.publishEvent({ type: "test.event", object: { id: "obj_1" } });
    await control.waitForIdle();
    const { data } = await stripe.events.list({ delivery_success: false });
    expect(data.map((event) => event.id)).toEqual([id]);
  });

  it("fails requests to one route", async () => {
    const { control, stripe } = await startStripe();
    const create = () => stripe.checkout.sessions.create(courseSession);
    const route = "checkout_sessions.create";
    await control.failApi({ route, kind: "rate_limited" });
    await stripe.events.list();
    expect(await errorOf(create())).toMatchObject({ statusCode: 429, code: "rate_limit" });
    await control.failApi({ route, kind: "slow_answer", delayMs: 600_000 });
    const timedOut = stripe.checkout.sessions.create(courseSession, { timeout: 50 });
    expect((await errorOf(timedOut)).type).toBe("StripeConnectionError");
    expect((await create()).status).toBe("open");
  });

  it("enforces Stripe's rate limits", async () => {
    const { control, clientFor } = await startStripe({ clock: { now: () => 1_800_000_000_000 } });
    const stripe = clientFor(localStripeKeys.secretKey);
    await control.updateChaos({ api: { rateLimits: "sandbox" } });
    for (let n = 0; n < 25; n += 1) await stripe.events.list();
    const error = await errorOf(stripe.events.list());
    expect(error).toMatchObject({ statusCode: 429, type: "StripeRateLimitError" });
    expect(error.headers?.["retry-after"]).toBeUndefined();
  });

  it("is shown on every page, and stopped there", async () => {
    const { control, page, submit } = await startWithPage();
    await control.updateChaos({ deliveries: { drop: { next: 1 } } });
    for (const path of ["/", "/payments", "/events", "/chaos", "/settings"]) {
      expect(await page(path), path).toContain("Chaos is on:");
    }
    const fault = { route: "events.list", kind: "internal_error", acts: "no", next: "1" };
    const numbers = { probability: "0", retryAfterSeconds: "1", delayMs: "1" };
    expect(await submit("/chaos/faults", { ...fault, ...numbers })).toBe(303);
    expect((await control.getChaos()).api.faults).toHaveLength(1);
    expect(await submit("/chaos/stop")).toBe(303);
    expect(await page("/")).not.toContain("Chaos is on:");
  });
});

describe("the control API", () => {
  it("rejects unknown settings", async () => {
    const { origin } = await startStripe();
    const response = await fetch(`${origin}/control/settings`, {
      method: "PATCH",
      body: JSON.stringify({ nothing: true }),
    });
    expect(response.status).toBe(422);
    const body = z.object({ error: z.object({ message: z.string() }) });
    expect(body.parse(await response.json()).error.message).toContain("nothing");
  });
});
