import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { compareWithStripe, noDrift, withoutEvents } from "../support/payments/comparison.ts";
import { refundPurchase } from "../support/purchases.ts";
import {
  moneyOf,
  paidOrder,
  purchasePage,
  refundedAtStripe,
  stripeClient,
} from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import { paidSession, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe, db } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

/** An order that an admin has marked as paid, and that a bank pays after all. */
async function paidTwice() {
  const order = await placeOrder(platform, grace());
  await stripe.pay(order.sessionId, { method: "bank_debit" });
  await stripe.waitForIdle();
  await ada.post("/admin/purchases", { purchaseId: order.id, settlement: "paid" });
  const payment = db.prepare("select * from payments where purchase_id = ?").bind(order.id);
  const intent = (await payment.first<string>("payment_intent_id")) ?? "";
  await stripe.settle(intent, "succeeded");
  await stripe.waitForIdle();
  expect(await payment.first("flag")).toBe("second-payment");
  return { id: order.id, intent, ...moneyOf(platform, grace(), order) };
}

const needsAttention = async (id: string) =>
  (await db.prepare("select attention from purchases where id = ?").bind(id).first("attention")) !==
  0;

describe("an order that was paid outside Stripe and there", () => {
  test("keeps its course until both payments were refunded", async () => {
    const { id, intent, status, canLearn, refunds } = await paidTwice();
    expect(await needsAttention(id)).toBe(true);
    expect(await purchasePage(ada, id)).toContain("Paid again: €29.00");
    await refundPurchase(ada, id);
    expect(await refundedAtStripe(platform, intent)).toBe(2_900);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect(await needsAttention(id)).toBe(false);
    const page = await purchasePage(ada, id);
    expect(page).toContain("Send the money back yourself");
    expect(page).toContain("up to €29.00");
    await refundPurchase(ada, id);
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    expect(await refunds()).toMatchObject([
      { amount_minor: 2_900, stripe_refund_id: expect.any(String) },
      { amount_minor: 2_900, stripe_refund_id: null },
    ]);
    expect((await refundPurchase(ada, id)).status).toBe(409);
  });

  test("keeps its course if the bank or Stripe’s dashboard sends one back", async () => {
    const refunded = await paidTwice();
    await stripe.refund(refunded.intent);
    const disputed = await paidTwice();
    const dispute = await stripe.dispute(disputed.intent);
    await stripe.closeDispute(dispute.id, "lost");
    await stripe.waitForIdle();
    for (const { id, status, canLearn } of [refunded, disputed]) {
      expect([await status(), await canLearn()]).toEqual(["paid", true]);
      expect(await needsAttention(id)).toBe(false);
      await refundPurchase(ada, id, { amount: "10" });
      expect(await status()).toBe("paid");
      await refundPurchase(ada, id);
      expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    }
  });
});

describe("a second session of an order", () => {
  test("is found once although its event was lost, and stays done", async () => {
    const { id } = await paidOrder(platform, grace());
    const { sessionId, intent } = await withoutEvents(platform, () => payAgain(id));
    expect(await compareWithStripe(platform, "dry-run")).toMatchObject({ paid_there: 1 });
    expect(await flagOf(id)).toBeNull();
    expect(await compareWithStripe(platform, "repair")).toMatchObject({ paid_there: 1 });
    expect(await flagOf(id)).toBe("second-payment");
    expect(await needsAttention(id)).toBe(true);
    const page = await purchasePage(ada, id);
    expect(page.split("Received by Stripe")).toHaveLength(3);
    for (const text of [sessionId, `€29.00 <code`, intent]) expect(page).toContain(text);
    expect(await compareWithStripe(platform, "repair")).toMatchObject(noDrift);
    await ada.post(`/admin/purchases/${id}`, { intent: "dismiss", flag: "second-payment" });
    const search = await ada.visit(`/admin/purchases?q=${intent}`);
    expect(await search.text()).toContain(`/admin/purchases/${id}`);
    const object = { ...paidSession(sessionId, id), payment_intent: intent };
    await stripe.publishEvent({ type: "checkout.session.completed", object });
    await stripe.waitForIdle();
    expect([await flagOf(id), await compareWithStripe(platform, "repair")]).toEqual([
      null,
      noDrift,
    ]);
    // Earlier releases stored its session, and the price instead of the amount.
    const received = db
      .prepare("select id, amount_minor from received_payments where purchase_id = ? order by id")
      .bind(id);
    const { results: before } = await received.all();
    expect(before).toContainEqual({ id: intent, amount_minor: 2_900 });
    for (const [column, value] of [
      ["id", sessionId],
      ["amount_minor", 1],
    ]) {
      const change = `update received_payments set ${column} = ? where id = ?`;
      await db.prepare(change).bind(value, intent).run();
      expect(await compareWithStripe(platform, "repair")).toMatchObject({ paid_there: 1 });
      expect((await received.all()).results).toEqual(before);
      expect([await flagOf(id), await compareWithStripe(platform, "repair")]).toEqual([
        null,
        noDrift,
      ]);
    }
  });

  test("belongs to the purchase: its refunds count, and access ends with the last payment", async () => {
    const order = await paidOrder(platform, grace());
    const { id, status, canLearn, refunds } = order;
    const second = await payAgain(id);
    await stripe.waitForIdle();
    expect(await needsAttention(id)).toBe(true);
    await withoutEvents(platform, () => stripe.refund(second.intent));
    expect(await compareWithStripe(platform, "dry-run")).toEqual({ ...noDrift, refunded_there: 1 });
    expect(await compareWithStripe(platform, "repair")).toEqual({ ...noDrift, refunded_there: 1 });
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect(await refunds()).toMatchObject([{ amount_minor: 2_900, status: "succeeded" }]);
    expect(await needsAttention(id)).toBe(false);
    const page = await purchasePage(ada, id);
    expect(page).toMatch(/Refunded<\/dt><dd[^>]*>€29.00/);
    expect(page).toContain("Refund succeeded: €29.00");
    expect(page).toContain("up to €29.00");
    await refundPurchase(ada, id);
    expect(await refundedAtStripe(platform, order.paymentIntentId)).toBe(2_900);
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
  });

  test("is refunded in the console like the first one, and disputed like any", async () => {
    const order = await paidOrder(platform, grace());
    const { id, status, canLearn, refunds, disputes, changes } = order;
    const second = await payAgain(id);
    await stripe.waitForIdle();
    await refundPurchase(ada, id);
    expect(await refundedAtStripe(platform, order.paymentIntentId)).toBe(2_900);
    expect([await status(), await needsAttention(id)]).toEqual(["paid", false]);
    await refundPurchase(ada, id, { amount: "9" });
    expect(await refundedAtStripe(platform, second.intent)).toBe(900);
    await withoutEvents(platform, async () => {
      const dispute = await stripe.dispute(second.intent);
      await stripe.closeDispute(dispute.id, "lost");
    });
    expect(await canLearn()).toBe(true);
    expect(await compareWithStripe(platform, "repair")).toEqual({ ...noDrift, disputed_there: 1 });
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    expect(await disputes()).toMatchObject([{ status: "lost" }]);
    expect(await refunds()).toHaveLength(2);
    expect(await changes()).toContain("dispute-lost");
  });

  test("with three payments needs attention until two are back", async () => {
    const { id, status } = await paidOrder(platform, grace());
    const again = [await payAgain(id), await payAgain(id)];
    for (const [left, { intent }] of again.entries()) {
      await stripe.waitForIdle();
      expect(await needsAttention(id)).toBe(true);
      await stripe.refund(intent);
      await stripe.waitForIdle();
      expect([await status(), await needsAttention(id)]).toEqual(["paid", left === 0]);
    }
  });

  test("of the right amount is found after one of another amount", async () => {
    const order = await placeOrder(platform, grace());
    const { id } = order;
    const { status, canLearn } = moneyOf(platform, grace(), order);
    const wrong = await payAgain(id, 2_400);
    await stripe.waitForIdle();
    expect([await status(), await flagOf(id)]).toEqual(["pending", "amount-mismatch"]);
    expect(await compareWithStripe(platform, "repair")).toEqual(noDrift);
    await withoutEvents(platform, () => payAgain(id));
    expect(await compareWithStripe(platform, "repair")).toEqual({ ...noDrift, paid_there: 1 });
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect([await flagOf(id), await needsAttention(id)]).toEqual(["second-payment", true]);
    expect(await purchasePage(ada, id)).toContain("Paid again: €29.00");
    expect(await compareWithStripe(platform, "repair")).toEqual(noDrift);
    await stripe.refund(wrong.intent);
    await stripe.waitForIdle();
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect(await needsAttention(id)).toBe(false);
  });

  test("is noticed when an admin accepts one of two wrong amounts", async () => {
    const order = await placeOrder(platform, grace());
    await payAgain(order.id, 2_400);
    await payAgain(order.id, 2_500);
    await stripe.waitForIdle();
    await ada.post("/admin/purchases", { purchaseId: order.id, settlement: "paid" });
    expect(await flagOf(order.id)).toBe("second-payment");
    const page = await purchasePage(ada, order.id);
    for (const amount of ["€24.00", "€25.00"]) expect(page).toContain(amount);
  });
});

test("the totals are what Stripe has received and sent back, and what was paid outside", async () => {
  const { data } = await stripeClient(platform).charges.list({ limit: 100 });
  const charges = data.filter((charge) => charge.status === "succeeded");
  const outside = await db
    .prepare(
      `select sum(price_minor) paid, (select sum(amount_minor) from refunds where payment_intent_id is null) refunded
       from purchases where id in (select purchase_id from payments where is_paid_outside)`,
    )
    .first<{ paid: number; refunded: number }>();
  const sum = (amounts: number[], start = 0) => amounts.reduce((total, one) => total + one, start);
  const paid = sum(
    charges.map(({ amount }) => amount),
    outside?.paid,
  );
  const refunded = sum(
    charges.map((charge) => charge.amount_refunded),
    outside?.refunded,
  );
  const html = (await (await ada.visit("/admin/purchases")).text()).replaceAll("<!-- -->", "");
  const [, row = ""] = /EUR, in total(.*?)<\/tr>/.exec(html) ?? [];
  const amounts = [...row.matchAll(/€([\d,.]+)/g)].map(([, text = ""]) => text.replace(",", ""));
  expect(amounts.slice(0, 2)).toEqual([paid, refunded].map((amount) => (amount / 100).toFixed(2)));
});

const flagOf = (id: string) =>
  db.prepare("select flag from payments where purchase_id = ?").bind(id).first("flag");

/** Another session for an order, which its buyer pays. */
async function payAgain(order: string, unit_amount = 2_900) {
  const { checkout } = stripeClient(platform);
  const product = { currency: "eur", unit_amount, product_data: { name: "A course" } };
  const { id: sessionId } = await checkout.sessions.create({
    mode: "payment",
    metadata: { order },
    line_items: [{ quantity: 1, price_data: { ...product, tax_behavior: "inclusive" } }],
    success_url: platform.origin,
  });
  await stripe.pay(sessionId);
  const { payment_intent } = await checkout.sessions.retrieve(sessionId);
  return { sessionId, intent: String(payment_intent) };
}
