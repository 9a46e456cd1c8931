import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { changesOf } from "../support/course-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import {
  canLearn,
  forgetChecks,
  orderCourse,
  ordersOf,
  placeOrder,
  pricedCourse,
  stripeOutcomes,
} from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const grace = useStripeBuyer(platform);

const order = () => placeOrder(platform, grace());

describe("an order", () => {
  test("leads to Stripe's page; the payment opens the course, with one audit entry", async () => {
    const { course, location, sessionId, status, orders, page } = await order();
    expect(status).toBe(302);
    expect(location).toContain(`${platform.stripeOrigin}/pay/cs_test_`);
    expect(await orders()).toMatchObject([
      { status: "pending", state: "open", session_id: sessionId, attempt: 1 },
    ]);
    expect(await canLearn(grace(), course)).toBe(false);
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await canLearn(grace(), course)).toBe(true);
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid", flag: null }]);
    expect(await changesOf(platform, course.id)).toEqual([
      { action: "purchase-paid", detail: "Stripe: paid", changed_by: null, user_id: grace().id },
    ]);
    expect(await stripeOutcomes(platform, sessionId)).toEqual([
      "checkout.session.completed applied",
    ]);
    expect(await page()).toContain("Receipt");
    // Asked for in the background.
    await expect.poll(() => page()).toContain("Visa ending in 4242");
  });

  test("is resumed while its session is open, and never doubled", async () => {
    const { course, sessionId, orders } = await order();
    const again = await Promise.all([orderCourse(grace(), course), orderCourse(grace(), course)]);
    expect(again.map((other) => other.sessionId)).toEqual([sessionId, sessionId]);
    expect(await orders()).toHaveLength(1);
  });

  test("placed twice at once has one session", async () => {
    const course = await pricedCourse(platform);
    const both = await Promise.all([orderCourse(grace(), course), orderCourse(grace(), course)]);
    const [first] = both;
    expect(first?.sessionId).not.toBe("");
    expect(both.map(({ sessionId }) => sessionId)).toEqual([first?.sessionId, first?.sessionId]);
    expect(await ordersOf(platform, grace(), course)).toHaveLength(1);
  });

  test("is replaced when its session has expired", async () => {
    const { course, sessionId, orders, page } = await order();
    await stripe.hold();
    await stripe.expire(sessionId);
    const next = await orderCourse(grace(), course);
    expect(next.sessionId).not.toBe(sessionId);
    expect(next.sessionId).not.toBe("");
    expect(await orders()).toMatchObject([
      { status: "cancelled", state: "expired" },
      { status: "pending", state: "open", session_id: next.sessionId },
    ]);
    expect(await page()).toContain("The time to pay has passed");
  });

  test("at an old price is canceled first", async () => {
    const { course, sessionId, orders } = await order();
    const price = platform.db.prepare("update courses set price_minor = ? where id = ?");
    await price.bind(3_900, course.id).run();
    expect((await orderCourse(grace(), course)).status).toBe(409);
    const next = await orderCourse(grace(), course, 3_900);
    expect(next.sessionId).not.toBe("");
    expect((await stripe.pay(sessionId)).outcome).toBe("closed");
    await stripe.pay(next.sessionId);
    await stripe.waitForIdle();
    const rows = await orders();
    expect(rows.at(-1)).toMatchObject({ status: "paid" });
    expect(rows.slice(0, -1).every(({ status }) => status === "cancelled")).toBe(true);
  });

  test("whose payment page turns out to be paid is not ordered again", async () => {
    const { course, id, sessionId, orders, orderPath } = await order();
    await platform.db.batch([
      platform.db.prepare("update courses set price_minor = 3900 where id = ?").bind(course.id),
      platform.db.prepare("update purchases set price_minor = 3900 where id = ?").bind(id),
    ]);
    await stripe.hold();
    await stripe.pay(sessionId);
    const again = await orderCourse(grace(), course, 3_900);
    expect([again.status, again.location]).toEqual([302, orderPath]);
    expect(await orders()).toMatchObject([{ status: "pending", flag: "amount-mismatch" }]);
    const debit = await order();
    await stripe.pay(debit.sessionId, { method: "bank_debit" });
    expect((await orderCourse(grace(), debit.course)).location).toBe(debit.orderPath);
    expect((await orderCourse(grace(), debit.course)).location).toBe(debit.orderPath);
    expect(await debit.orders()).toMatchObject([{ status: "pending", state: "processing" }]);
  });

  test("of a course that is no longer published is refused", async () => {
    const course = await pricedCourse(platform);
    const archive = platform.db.prepare("update courses set status = 'archived' where id = ?");
    await archive.bind(course.id).run();
    expect((await orderCourse(grace(), course)).status).toBe(404);
    expect(await ordersOf(platform, grace(), course)).toEqual([]);
  });

  test("costs what D1 says, whatever the form says", async () => {
    const course = await pricedCourse(platform);
    expect((await orderCourse(grace(), course, 100)).status).toBe(409);
    expect(await ordersOf(platform, grace(), course)).toEqual([]);
  });

  test("survives an internal error of Stripe: the next attempt has another key", async () => {
    const course = await pricedCourse(platform);
    await stripe.failApi({ route: "checkout_sessions.create", kind: "internal_error", acts: true });
    expect((await orderCourse(grace(), course)).status).toBe(503);
    expect(await ordersOf(platform, grace(), course)).toMatchObject([
      { status: "pending", attempt: 2, session_id: null },
    ]);
    const { sessionId } = await orderCourse(grace(), course);
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await canLearn(grace(), course)).toBe(true);
    expect(await ordersOf(platform, grace(), course)).toHaveLength(1);
  });

  test("survives a lost response: the same key gives the same session", async () => {
    const course = await pricedCourse(platform);
    const route = "checkout_sessions.create";
    await stripe.failApi({ route, kind: "unavailable", acts: true, next: 2 });
    expect((await orderCourse(grace(), course)).sessionId).not.toBe("");
  });
});

describe("the buyer", () => {
  test("sees a held-back payment after asking, and only D1's state before", async () => {
    const { course, sessionId, page, press, orders } = await order();
    await stripe.hold();
    await stripe.pay(sessionId);
    expect(await page("?checkout=done")).toContain("waiting for the confirmation");
    expect(await orders()).toMatchObject([{ status: "pending", state: "open" }]);
    await forgetChecks(platform);
    expect((await press("check")).status).toBe(302);
    expect(await orders()).toMatchObject([{ status: "paid", method: "Visa ending in 4242" }]);
    expect(await canLearn(grace(), course)).toBe(true);
    expect(await page()).toContain("Visa ending in 4242");
    await stripe.release();
    await stripe.waitForIdle();
    expect(await stripeOutcomes(platform, sessionId)).toEqual(["checkout.session.completed stale"]);
  });

  test("cannot ask Stripe again and again", async () => {
    const { sessionId, press, orders } = await order();
    await stripe.hold();
    await forgetChecks(platform);
    await press("check");
    await stripe.pay(sessionId);
    await press("check");
    expect(await orders()).toMatchObject([{ status: "pending" }]);
  });

  test("can pay later from the order, and cancel it, which closes the payment page", async () => {
    const { course, sessionId, press, orders } = await order();
    expect((await press("pay")).headers.get("location")).toContain(sessionId);
    expect((await press("cancel")).status).toBe(302);
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "canceled" }]);
    expect((await stripe.pay(sessionId)).outcome).toBe("closed");
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "canceled" }]);
    const changes = await changesOf(platform, course.id);
    expect(changes).toMatchObject([{ action: "purchase-cancelled", changed_by: grace().id }]);
  });

  test("who cancels after paying has bought the course", async () => {
    const { course, sessionId, press, orders } = await order();
    await stripe.hold();
    await stripe.pay(sessionId);
    await press("cancel");
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid" }]);
    expect(await canLearn(grace(), course)).toBe(true);
  });

  test("cannot touch another buyer's order", async () => {
    const { orderPath, orders } = await order();
    const eve = await consoleUser(platform, "user");
    for (const intent of ["pay", "check", "cancel"]) {
      const response = await eve.post(orderPath, { intent });
      expect(response.headers.get("location"), intent).toBe(orderPath);
    }
    expect((await eve.visit(orderPath)).status).toBe(404);
    expect(await orders()).toMatchObject([{ status: "pending", state: "open" }]);
  });
});

describe("a bank debit", () => {
  test("opens the course only when the money has arrived", async () => {
    const { course, sessionId, orders, page } = await order();
    await stripe.pay(sessionId, { method: "bank_debit" });
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "pending", state: "processing" }]);
    expect(await canLearn(grace(), course)).toBe(false);
    expect(await page()).toContain("Your payment is on its way");
    await stripe.shiftClock(200_000);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid" }]);
    expect(await canLearn(grace(), course)).toBe(true);
  });

  test("that fails cancels the order, and the course can be bought again", async () => {
    const { course, sessionId, orders, page } = await order();
    await stripe.pay(sessionId, { method: "bank_debit_failing" });
    await stripe.shiftClock(200_000);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "failed" }]);
    expect(await page()).toContain("Your bank did not complete the payment");
    const next = await orderCourse(grace(), course);
    await stripe.pay(next.sessionId);
    await stripe.waitForIdle();
    expect(await canLearn(grace(), course)).toBe(true);
  });

  test("reported in the wrong order ends the same", async () => {
    const { course, sessionId, orders } = await order();
    await stripe.updateChaos({ deliveries: { reorder: { size: 20, holdMs: 50 } } });
    await stripe.hold();
    await stripe.pay(sessionId, { method: "bank_debit" });
    await stripe.shiftClock(200_000);
    await stripe.release();
    await stripe.waitForIdle({ retries: true });
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid" }]);
    expect(await changesOf(platform, course.id)).toHaveLength(1);
  });
});
