import { describe, expect, it } from "vitest";
import { courseSession, errorOf, startStripe } from "./support.ts";

const now = () => Math.floor(Date.now() / 1000);

describe("a Checkout Session", () => {
  it("is created with price data and can be retrieved", async () => {
    const { stripe, origin } = await startStripe();
    const session = await stripe.checkout.sessions.create(courseSession);
    expect(session).toMatchObject({
      object: "checkout.session",
      amount_subtotal: 2900,
      amount_total: 2900,
      adaptive_pricing: { enabled: false },
      client_reference_id: "order-1",
      currency: "eur",
      customer_email: "grace@example.com",
      livemode: false,
      metadata: { order: "order-1" },
      mode: "payment",
      payment_intent: null,
      payment_status: "unpaid",
      status: "open",
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    });
    expect(session.id).toMatch(/^cs_test_a1\w{56}$/);
    expect(session.url).toMatch(new RegExp(`^${origin}/pay/${session.id}#`));
    expect(session.expires_at - session.created).toBe(24 * 60 * 60);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toEqual(session);
    const items = await stripe.checkout.sessions.listLineItems(session.id);
    expect(items.data).toMatchObject([
      { description: "SQL from the first SELECT", quantity: 1, amount_total: 2900 },
    ]);
  });

  it("includes line items and the payment only on request", async () => {
    const { stripe, control } = await startStripe();
    const { id } = await stripe.checkout.sessions.create(courseSession);
    await control.pay(id);
    const plain = await stripe.checkout.sessions.retrieve(id);
    expect(plain.line_items).toBeUndefined();
    expect(plain.payment_intent).toMatch(/^pi_/);
    const expanded = await stripe.checkout.sessions.retrieve(id, {
      expand: ["line_items", "payment_intent.latest_charge"],
    });
    expect(expanded.line_items?.data).toHaveLength(1);
    expect(expanded.payment_intent).toMatchObject({
      metadata: { order: "order-1" },
      latest_charge: {
        object: "charge",
        amount: 2900,
        payment_method_details: { type: "card", card: { brand: "visa", last4: "4242" } },
      },
    });
    const refused = stripe.checkout.sessions.retrieve(id, { expand: ["status"] });
    expect((await errorOf(refused)).message).toContain("cannot be expanded (status)");
  });

  it("computes tax only if asked", async () => {
    const { stripe } = await startStripe();
    const taxed = { ...courseSession, automatic_tax: { enabled: true } };
    expect(await stripe.checkout.sessions.create(taxed)).toMatchObject({
      amount_subtotal: 2900,
      amount_total: 2900,
      total_details: { amount_tax: 463 },
    });
  });

  it("expires between 30 minutes and 24 hours after its creation", async () => {
    const { stripe } = await startStripe();
    const create = (seconds: number) =>
      stripe.checkout.sessions.create({ ...courseSession, expires_at: now() + seconds });
    expect((await create(31 * 60)).status).toBe("open");
    expect(await errorOf(create(29 * 60))).toMatchObject({
      statusCode: 400,
      message:
        "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
    });
    expect((await errorOf(create(25 * 60 * 60))).message).toContain("less than 24 hours");
  });

  it("expires when its time has come, with an event", async () => {
    const { stripe, control } = await startStripe();
    const expires_at = now() + 31 * 60;
    const { id } = await stripe.checkout.sessions.create({ ...courseSession, expires_at });
    await control.shiftClock(32 * 60 * 1000);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: "expired",
      payment_status: "unpaid",
      url: null,
    });
    const { data } = await stripe.events.list();
    expect(data.map(({ type }) => type)).toEqual(["checkout.session.expired"]);
    expect((await control.pay(id)).outcome).toBe("closed");
  });

  it("expires without any request when its time has come", async () => {
    let now = Date.now();
    const { stripe, control } = await startStripe({ clock: { now: () => now } });
    const expires_at = Math.floor(now / 1000) + 31 * 60;
    await stripe.checkout.sessions.create({ ...courseSession, expires_at });
    now = expires_at * 1000 - 20;
    await control.getSettings();
    now += 20;
    await expect
      .poll(async () => (await stripe.events.list()).data.map(({ type }) => type))
      .toEqual(["checkout.session.expired"]);
  });

  it("can be expired only while it is open", async () => {
    const { stripe, control } = await startStripe();
    const first = await stripe.checkout.sessions.create(courseSession);
    expect((await stripe.checkout.sessions.expire(first.id)).status).toBe("expired");
    const message = (status: string) =>
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${status}\`.`;
    expect(await errorOf(stripe.checkout.sessions.expire(first.id))).toMatchObject({
      statusCode: 400,
      type: "StripeInvalidRequestError",
      message: message("expired"),
    });
    const paid = await stripe.checkout.sessions.create(courseSession);
    await control.pay(paid.id);
    expect((await errorOf(stripe.checkout.sessions.expire(paid.id))).message).toBe(
      message("complete"),
    );
  });

  it("cancels its payment when it expires", async () => {
    const { stripe, control } = await startStripe();
    const { id } = await stripe.checkout.sessions.create(courseSession);
    await control.pay(id, { method: "card_declined" });
    await stripe.checkout.sessions.expire(id);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(id, {
      expand: ["payment_intent"],
    });
    expect(payment_intent).toMatchObject({ status: "canceled" });
  });

  it("is listed, newest first, by status, payment and page", async () => {
    const { stripe, control } = await startStripe();
    const ids: string[] = [];
    for (const _ of [1, 2, 3, 4, 5]) {
      ids.unshift((await stripe.checkout.sessions.create(courseSession)).id);
    }
    const page = await stripe.checkout.sessions.list({ limit: 2 });
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(page.has_more).toBe(true);
    const all: string[] = [];
    for await (const { id } of stripe.checkout.sessions.list({ limit: 2 })) all.push(id);
    expect(all).toEqual(ids);
    const newer = await stripe.checkout.sessions.list({ limit: 2, ending_before: ids[3] ?? "" });
    expect(newer.data.map(({ id }) => id)).toEqual(ids.slice(1, 3));
    expect(newer.has_more).toBe(true);

    const [newest = ""] = ids;
    await control.pay(newest);
    const complete = await stripe.checkout.sessions.list({ status: "complete" });
    expect(complete.data.map(({ id }) => id)).toEqual([newest]);
    const payment_intent = String(complete.data[0]?.payment_intent);
    const ofPayment = await stripe.checkout.sessions.list({ payment_intent });
    expect(ofPayment.data.map(({ id }) => id)).toEqual([newest]);
    const future = await stripe.checkout.sessions.list({ created: { gt: now() + 60 } });
    expect(future.data).toEqual([]);
    const unknown = stripe.checkout.sessions.list({ starting_after: "cs_test_nothing" });
    expect(await errorOf(unknown)).toMatchObject({
      statusCode: 400,
      code: "resource_missing",
      param: "starting_after",
    });
  });

  it("must exceed the currency's minimum", async () => {
    const { stripe } = await startStripe();
    const [item] = courseSession.line_items;
    const create = (currency: string, unit_amount: number) => {
      const price_data = { ...item?.price_data, currency, unit_amount };
      const product_data = { name: "Course" };
      return stripe.checkout.sessions.create({
        ...courseSession,
        line_items: [{ quantity: 1, price_data: { ...price_data, product_data } }],
      });
    };
    expect(await errorOf(create("eur", 49))).toMatchObject({
      code: "amount_too_small",
      message: "The Checkout Session's total amount due must add up to at least €0.50 eur",
    });
    expect((await create("EUR", 50)).currency).toBe("eur");
    expect((await errorOf(create("xyz", 500))).message).toContain("Invalid currency: xyz");
  });

  it("is not found if unknown", async () => {
    const { stripe } = await startStripe();
    expect(await errorOf(stripe.checkout.sessions.retrieve("cs_test_nothing"))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      param: "session",
      message: "No such checkout.session: 'cs_test_nothing'",
    });
  });
});
