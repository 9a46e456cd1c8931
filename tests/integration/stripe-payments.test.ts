import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { changesOf } from "../support/course-console.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import {
  canLearn,
  forgetChecks,
  orderCourse,
  ordersOf,
  pricedCourse,
  stripeOutcomes,
} from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
let ada: ConsoleUser;
let grace: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
});
beforeEach(async () => {
  await stripe.stopChaos();
  await stripe.release();
  grace = await consoleUser(platform, "user");
});

async function order() {
  const course = await pricedCourse(platform);
  const { location, sessionId, status } = await orderCourse(grace, course);
  const [row] = await ordersOf(platform, grace, course);
  if (row === undefined) throw new Error("There is no order");
  const orderPath = `/purchases/${row.id}`;
  return {
    course,
    location,
    sessionId,
    status,
    orderPath,
    id: row.id,
    orders: () => ordersOf(platform, grace, course),
    press: (intent: string) => grace.post(orderPath, { intent }),
    page: async (search = "") =>
      (await (await grace.visit(orderPath + search)).text()).replaceAll("<!-- -->", ""),
  };
}

describe("an order", () => {
  test("leads to Stripe's page; the payment opens the course, with one audit entry", async () => {
    const { course, location, sessionId, status, orders, page } = await order();
    expect(status).toBe(302);
    expect(location).toContain(`${platform.stripeOrigin}/pay/cs_test_`);
    expect(await orders()).toMatchObject([
      { status: "pending", state: "open", session_id: sessionId, attempt: 1 },
    ]);
    expect(await canLearn(grace, course)).toBe(false);
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await canLearn(grace, course)).toBe(true);
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid", flag: null }]);
    expect(await changesOf(platform, course.id)).toEqual([
      { action: "purchase-paid", detail: "Stripe: paid", changed_by: null, user_id: grace.id },
    ]);
    expect(await stripeOutcomes(platform, sessionId)).toEqual([
      "checkout.session.completed applied",
    ]);
    expect(await page()).toContain("Receipt");
  });

  test("is resumed while its session is open, and never doubled", async () => {
    const { course, sessionId, orders } = await order();
    const again = await Promise.all([orderCourse(grace, course), orderCourse(grace, course)]);
    expect(again.map((other) => other.sessionId)).toEqual([sessionId, sessionId]);
    expect(await orders()).toHaveLength(1);
  });

  test("placed twice at once has one session", async () => {
    const course = await pricedCourse(platform);
    const both = await Promise.all([orderCourse(grace, course), orderCourse(grace, course)]);
    const [first] = both;
    expect(first?.sessionId).not.toBe("");
    expect(both.map(({ sessionId }) => sessionId)).toEqual([first?.sessionId, first?.sessionId]);
    expect(await ordersOf(platform, grace, course)).toHaveLength(1);
  });

  test("is replaced when its session has expired", async () => {
    const { course, sessionId, orders, page } = await order();
    await stripe.hold();
    await stripe.expire(sessionId);
    const next = await orderCourse(grace, course);
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
    expect((await orderCourse(grace, course)).status).toBe(409);
    const next = await orderCourse(grace, course, 3_900);
    expect(next.sessionId).not.toBe("");
    expect((await stripe.pay(sessionId)).outcome).toBe("closed");
    await stripe.pay(next.sessionId);
    await stripe.waitForIdle();
    const rows = await orders();
    expect(rows.at(-1)).toMatchObject({ status: "paid" });
    expect(rows.slice(0, -1).every(({ status }) => status === "cancelled")).toBe(true);
  });

  test("costs what D1 says, whatever the form says", async () => {
    const course = await pricedCourse(platform);
    expect((await orderCourse(grace, course, 100)).status).toBe(409);
    expect(await ordersOf(platform, grace, course)).toEqual([]);
  });

  test("survives an internal error of Stripe: the next attempt has another key", async () => {
    const course = await pricedCourse(platform);
    await stripe.failApi({ route: "checkout_sessions.create", kind: "internal_error", acts: true });
    expect((await orderCourse(grace, course)).status).toBe(503);
    expect(await ordersOf(platform, grace, course)).toMatchObject([
      { status: "pending", attempt: 2, session_id: null },
    ]);
    const { sessionId } = await orderCourse(grace, course);
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await canLearn(grace, course)).toBe(true);
    expect(await ordersOf(platform, grace, course)).toHaveLength(1);
  });

  test("survives a lost response: the same key gives the same session", async () => {
    const course = await pricedCourse(platform);
    const route = "checkout_sessions.create";
    await stripe.failApi({ route, kind: "unavailable", acts: true, next: 2 });
    expect((await orderCourse(grace, course)).sessionId).not.toBe("");
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
    expect(await canLearn(grace, course)).toBe(true);
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
    await stripe.hold();
    expect((await press("cancel")).status).toBe(302);
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "canceled" }]);
    await stripe.release();
    expect((await stripe.pay(sessionId)).outcome).toBe("closed");
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "canceled" }]);
    const changes = await changesOf(platform, course.id);
    expect(changes).toMatchObject([{ action: "purchase-cancelled", changed_by: grace.id }]);
  });

  test("who cancels after paying has bought the course", async () => {
    const { course, sessionId, press, orders } = await order();
    await stripe.hold();
    await stripe.pay(sessionId);
    await press("cancel");
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid" }]);
    expect(await canLearn(grace, course)).toBe(true);
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
    expect(await canLearn(grace, course)).toBe(false);
    expect(await page()).toContain("Your payment is on its way");
    await stripe.shiftClock(200_000);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", state: "paid" }]);
    expect(await canLearn(grace, course)).toBe(true);
  });

  test("that fails cancels the order, and the course can be bought again", async () => {
    const { course, sessionId, orders, page } = await order();
    await stripe.pay(sessionId, { method: "bank_debit_failing" });
    await stripe.shiftClock(200_000);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "failed" }]);
    expect(await page()).toContain("Your bank did not complete the payment");
    const next = await orderCourse(grace, course);
    await stripe.pay(next.sessionId);
    await stripe.waitForIdle();
    expect(await canLearn(grace, course)).toBe(true);
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

describe("reconciliation", () => {
  test("finds payments whose events were lost", async () => {
    const { course, sessionId, orders } = await order();
    await stripe.updateChaos({ deliveries: { drop: { probability: 1 } } });
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "pending" }]);
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
    expect(await orders()).toMatchObject([{ status: "paid", method: "Visa ending in 4242" }]);
    expect(await canLearn(grace, course)).toBe(true);
  });

  test("ends expired sessions, failed debits and orders without a session", async () => {
    await stripe.updateChaos({ deliveries: { drop: { probability: 1 } } });
    const expired = await order();
    await stripe.expire(expired.sessionId);
    const failed = await order();
    await stripe.pay(failed.sessionId, { method: "bank_debit_failing" });
    await stripe.shiftClock(200_000);
    const course = await pricedCourse(platform);
    await stripe.failApi({ route: "checkout_sessions.create", kind: "internal_error" });
    await orderCourse(grace, course);
    await platform.db.prepare("update payments set expires_at = 1 where session_id is null").run();
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
    expect(await expired.orders()).toMatchObject([{ status: "cancelled", state: "expired" }]);
    expect(await failed.orders()).toMatchObject([{ status: "cancelled", state: "failed" }]);
    expect(await ordersOf(platform, grace, course)).toMatchObject([
      { status: "cancelled", state: "expired" },
    ]);
  });

  test("tries events again that matched no order", async () => {
    const { course, id, sessionId, orders } = await order();
    const payment = await platform.db
      .prepare("select * from payments where purchase_id = ?")
      .bind(id)
      .first<Record<string, string | number | null>>();
    await platform.db.prepare("delete from payments where purchase_id = ?").bind(id).run();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await stripeOutcomes(platform, sessionId)).toEqual([
      "checkout.session.completed unmatched",
    ]);
    await platform.db
      .prepare(
        "insert into payments (purchase_id, livemode, state, attempt, expires_at, session_id, checked_at) values (?, 0, 'open', 1, ?, ?, ?)",
      )
      .bind(id, payment?.expires_at ?? 0, sessionId, Date.now() + 1e9)
      .run();
    await forgetChecks(platform);
    await platform.db
      .prepare("update payments set checked_at = ? where purchase_id = ?")
      .bind(Date.now(), id)
      .run();
    await platform.scheduled(crons.frequent);
    expect(await orders()).toMatchObject([{ status: "paid" }]);
    expect(await stripeOutcomes(platform, sessionId)).toEqual([
      "checkout.session.completed applied",
    ]);
    expect(await canLearn(grace, course)).toBe(true);
  });
});

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

  test("sees Stripe as the actor in the audit", async () => {
    const { sessionId } = await order();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await (await ada.visit("/admin/audit")).text()).toContain("Stripe: paid");
    const csv = await (await ada.visit("/admin/audit.csv")).text();
    expect(csv).toMatch(/"purchase-paid","Stripe: paid",.*,"Stripe","",""/);
  });
});

describe("money that an admin has to look at", () => {
  test.each([
    ["price", "price_minor = 100"],
    ["currency", "currency = 'USD'"],
  ])("of another %s is flagged and opens nothing", async (_, change) => {
    const { course, id, sessionId, orders, page } = await order();
    await platform.db.prepare(`update purchases set ${change} where id = ?`).bind(id).run();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "pending", flag: "amount-mismatch" }]);
    expect(await canLearn(grace, course)).toBe(false);
    expect(await changesOf(platform, course.id)).toEqual([]);
    expect(await page()).toContain("Your payment differs from the price of this order");
  });

  test("for a course that is no longer published opens it, and is flagged", async () => {
    const { course, sessionId, orders } = await order();
    const archive = platform.db.prepare("update courses set status = 'archived' where id = ?");
    await archive.bind(course.id).run();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: "unpublished-course" }]);
    expect(await canLearn(grace, course)).toBe(true);
  });

  test("from a deleted user opens nothing", async () => {
    const { course, sessionId, orders } = await order();
    await platform.clerk.deleteUser(grace.clerkUserId);
    await platform.clerk.waitForIdle();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: "deleted-user" }]);
    const enrolled = platform.db.prepare("select count(*) n from enrollments where course_id = ?");
    expect(await enrolled.bind(course.id).first("n")).toBe(0);
  });

  test("from a banned user is flagged", async () => {
    const { sessionId, orders } = await order();
    await platform.clerk.updateUser(grace.clerkUserId, { banned: true });
    await platform.clerk.waitForIdle();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: "banned-user" }]);
  });

  test("paid a second time for the same course is flagged", async () => {
    const { course, sessionId, orders, press } = await order();
    await press("cancel");
    const second = await orderCourse(grace, course);
    await stripe.pay(second.sessionId);
    await stripe.waitForIdle();
    const { id } = (await orders())[0] ?? { id: "" };
    await stripe.publishEvent({
      type: "checkout.session.completed",
      object: paidSession(sessionId, id),
    });
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([
      { status: "paid", flag: "second-payment" },
      { status: "paid", flag: null },
    ]);
  });

  test("for an order that an admin has marked as paid is flagged", async () => {
    const { id, sessionId, orders } = await order();
    await ada.post("/admin/purchases", { purchaseId: id, settlement: "paid" });
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: "second-payment" }]);
  });

  test("is shown to admins with what to do", async () => {
    const { id, sessionId } = await order();
    await platform.db.prepare("update purchases set price_minor = 1 where id = ?").bind(id).run();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    const html = await (await ada.visit("/admin/purchases")).text();
    expect(html).toContain("The amount paid differs from the order");
  });
});

/** A session that Stripe reports as paid. */
function paidSession(id: string, orderId: string) {
  return {
    id,
    client_reference_id: orderId,
    livemode: false,
    status: "complete",
    payment_status: "paid",
    amount_subtotal: 2900,
    currency: "eur",
    total_details: { amount_discount: 0, amount_tax: 0 },
    payment_intent: "pi_test",
    url: null,
  };
}
