import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import {
  canLearn,
  orderCourse,
  paidSession,
  placeOrder,
  stripeOutcomes,
} from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

const order = () => placeOrder(platform, grace());

describe("an admin", () => {
  test("who cancels an order closes its payment page", async () => {
    const { id, sessionId, orders } = await order();
    await stripe.hold();
    const response = await ada.post("/admin/purchases", {
      purchaseId: id,
      settlement: "cancelled",
    });
    expect(response.status).toBe(302);
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "canceled" }]);
    expect((await stripe.pay(sessionId)).outcome).toBe("closed");
  });

  test("cannot cancel an order that has just been paid", async () => {
    const { id, sessionId, orders } = await order();
    await stripe.hold();
    await stripe.pay(sessionId);
    const response = await ada.post("/admin/purchases", {
      purchaseId: id,
      settlement: "cancelled",
    });
    expect(response.status).toBe(409);
    expect(await orders()).toMatchObject([{ status: "paid" }]);
  });

  test("cannot cancel an order while a bank debit is on its way", async () => {
    const { course, id, sessionId, orders } = await order();
    await stripe.hold();
    await stripe.pay(sessionId, { method: "bank_debit" });
    const cancel = () => ada.post("/admin/purchases", { purchaseId: id, settlement: "cancelled" });
    const response = await cancel();
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("bank has not confirmed the payment");
    expect(await orders()).toMatchObject([{ status: "pending", state: "processing" }]);
    expect((await cancel()).status).toBe(409);
    expect((await orderCourse(grace(), course)).sessionId).toBe("");
    expect(await orders()).toHaveLength(1);
    const list = await (await ada.visit("/admin/purchases")).text();
    expect(list).toContain(`id="paid:${id}"`);
    expect(list).not.toContain(`id="cancelled:${id}"`);
    await stripe.shiftClock(200_000);
    await stripe.release();
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid", flag: null }]);
  });

  test("can cancel an order that was paid with another amount", async () => {
    const { id, sessionId, orders } = await order();
    await platform.db.prepare("update purchases set price_minor = 1 where id = ?").bind(id).run();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    await ada.post("/admin/purchases", { purchaseId: id, settlement: "cancelled" });
    expect(await orders()).toMatchObject([{ status: "cancelled", flag: "amount-mismatch" }]);
  });

  test("sees Stripe as the actor in the audit", async () => {
    const { sessionId } = await order();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await (await ada.visit("/admin/audit")).text()).toContain("Stripe: paid");
    const csv = await (await ada.visit("/admin/audit.csv")).text();
    expect(csv).toMatch(/"purchase-paid","Stripe: paid",.*,"Stripe","",""/);
  });

  test("sees Stripe's events, also unmatched ones, and the purchases they are about", async () => {
    const { id, sessionId } = await order();
    await stripe.pay(sessionId);
    const object = paidSession("cs_test_unknown", "unknown");
    await stripe.publishEvent({ type: "checkout.session.completed", object });
    await stripe.waitForIdle();
    const path = `/admin/purchases/${id}`;
    const events = await (await ada.visit("/admin/sync?source=stripe")).text();
    expect(events).toContain(path);
    const unmatched = await ada.visit("/admin/sync?source=stripe&outcome=unmatched");
    const html = await unmatched.text();
    expect(html).toMatch(/checkout\.session\.completed.*unmatched/);
    expect(html).not.toContain(path);
    expect((await ada.visit(path)).status).toBe(200);
  });
});

test("a payment that this site did not create opens nothing, whatever reference it has", async () => {
  const { course, id, orders } = await order();
  const reference = { client_reference_id: id, metadata: {} };
  await stripe.publishEvent({
    type: "checkout.session.completed",
    object: { ...paidSession("cs_test_of_a_payment_link", id), ...reference },
  });
  await stripe.waitForIdle();
  expect(await orders()).toMatchObject([{ status: "pending", state: "open", flag: null }]);
  expect(await canLearn(grace(), course)).toBe(false);
  expect(await stripeOutcomes(platform, "cs_test_of_a_payment_link")).toEqual([
    "checkout.session.completed unmatched",
  ]);
});

test("a receipt shows the tax that Stripe has computed", async () => {
  const { id, sessionId, page } = await order();
  const total_details = { amount_discount: 0, amount_tax: 463 };
  await stripe.publishEvent({
    type: "checkout.session.completed",
    object: { ...paidSession(sessionId, id), total_details },
  });
  await stripe.waitForIdle();
  expect(await page()).toMatch(/Including tax<.*?€4\.63/);
});
