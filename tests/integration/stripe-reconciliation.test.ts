import { describe, expect, test } from "vitest";
import { changesOf } from "../support/course-console.ts";
import { crons } from "../support/crons.ts";
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
    expect(await canLearn(grace(), course)).toBe(true);
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
    await orderCourse(grace(), course);
    await platform.db.prepare("update payments set expires_at = 1 where session_id is null").run();
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
    expect(await expired.orders()).toMatchObject([{ status: "cancelled", state: "expired" }]);
    expect(await failed.orders()).toMatchObject([{ status: "cancelled", state: "failed" }]);
    expect(await ordersOf(platform, grace(), course)).toMatchObject([
      { status: "cancelled", state: "expired" },
    ]);
  });

  test("names who canceled an order although the cancellation was interrupted", async () => {
    const course = await pricedCourse(platform);
    await stripe.failApi({ route: "checkout_sessions.create", kind: "internal_error" });
    await orderCourse(grace(), course);
    const [row] = await ordersOf(platform, grace(), course);
    await platform.db
      .prepare("update payments set expires_at = 1, canceled_by = ? where purchase_id = ?")
      .bind(grace().id, row?.id ?? "")
      .run();
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
    expect(await ordersOf(platform, grace(), course)).toMatchObject([
      { status: "cancelled", state: "canceled" },
    ]);
    expect(await changesOf(platform, course.id)).toMatchObject([
      { action: "purchase-cancelled", changed_by: grace().id },
    ]);
  });

  test("ends an order whose session Stripe does not know, such as one of another account", async () => {
    const { course, id, orders, press } = await order();
    const change = "update payments set session_id = ? , expires_at = ? where purchase_id = ?";
    const forget = (expiresAt: number) =>
      platform.db.prepare(change).bind(`cs_test_${id}`, expiresAt, id).run();
    await forget(Date.now() + 60_000);
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
    expect(await orders()).toMatchObject([{ status: "pending" }]);
    await forget(1);
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
    expect(await orders()).toMatchObject([{ status: "cancelled", state: "expired" }]);
    expect((await orderCourse(grace(), course)).sessionId).not.toBe("");

    const next = await order();
    await platform.db
      .prepare("update payments set session_id = ? where purchase_id = ?")
      .bind(`cs_test_${next.id}`, next.id)
      .run();
    expect((await next.press("cancel")).status).toBe(302);
    expect(await next.orders()).toMatchObject([{ status: "cancelled", state: "canceled" }]);
    expect((await press("cancel")).status).toBe(302);
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
    expect(await canLearn(grace(), course)).toBe(true);
  });

  test("tries an event again behind twenty whose session Stripe does not know", async () => {
    const { sessionId, orders } = await order();
    await stripe.updateChaos({ deliveries: { drop: { probability: 1 } } });
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    await postponeChecks();
    for (let n = 0; n < 20; n++) await insertUnmatched(`cs_test_unknown_${n}`, 200_000);
    await insertUnmatched(sessionId, 100_000);
    await platform.scheduled(crons.frequent);
    expect(await orders()).toMatchObject([{ status: "pending" }]);
    await platform.scheduled(crons.frequent);
    expect(await orders()).toMatchObject([{ status: "paid" }]);
  });

  test("asks how orders were paid although Stripe did not answer about an event", async () => {
    const { sessionId, orders } = await order();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    await expect.poll(orders).toMatchObject([{ method: "Visa ending in 4242" }]);
    await postponeChecks();
    await platform.db
      .prepare("update payments set method = null, checked_at = 0 where session_id = ?")
      .bind(sessionId)
      .run();
    await insertUnmatched("cs_test_unanswered", 100_000);
    await stripe.failApi({ route: "checkout_sessions.retrieve", kind: "unavailable", next: 2 });
    await platform.scheduled(crons.frequent);
    expect(await orders()).toMatchObject([{ method: "Visa ending in 4242" }]);
  });
});

const postponeChecks = () =>
  platform.db
    .prepare("update payments set checked_at = ?")
    .bind(Date.now() + 1e9)
    .run();

const insertUnmatched = (sessionId: string, age: number) =>
  platform.db
    .prepare(
      `insert into stripe_events (id, type, session_id, outcome, first_received_at, last_received_at)
       values (?, 'checkout.session.completed', ?, 'unmatched', ?, ?)`,
    )
    .bind(`evt_of_${sessionId}`, sessionId, Date.now(), Date.now() - age)
    .run();
