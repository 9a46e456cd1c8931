import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import {
  compareWithStripe,
  finishComparison,
  latestComparison,
  noDrift,
  startComparison,
  withoutEvents,
} from "../support/payments/comparison.ts";
import { insertPurchase } from "../support/purchases.ts";
import { moneyOf, paidOrder } from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import { forgetChecks, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe, db } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

describe("a comparison with Stripe", () => {
  test("finds nothing if every event has arrived", async () => {
    const { paymentIntentId } = await paidOrder(platform, grace());
    await stripe.refund(paymentIntentId);
    await stripe.waitForIdle();
    expect(await compareWithStripe(platform, "dry-run")).toEqual(noDrift);
  });

  test("finds what was paid, refunded and disputed there, and repairs it", async () => {
    const paid = await placeOrder(platform, grace());
    const refunded = await paidOrder(platform, grace());
    const disputed = await paidOrder(platform, grace());
    await withoutEvents(platform, async () => {
      await stripe.pay(paid.sessionId);
      await stripe.refund(refunded.paymentIntentId);
      const dispute = await stripe.dispute(disputed.paymentIntentId);
      await stripe.closeDispute(dispute.id, "lost");
    });
    // So that the cron of pending orders does not find the payment first.
    await db
      .prepare("update payments set checked_at = ?")
      .bind(Date.now() + 1e9)
      .run();
    const found = { ...noDrift, paid_there: 1, refunded_there: 1, disputed_there: 1 };
    expect(await compareWithStripe(platform, "dry-run")).toEqual(found);
    expect(await refunded.status()).toBe("paid");
    expect(await compareWithStripe(platform, "repair")).toEqual(found);
    const { status, canLearn } = moneyOf(platform, grace(), paid);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    for (const { status, canLearn } of [refunded, disputed])
      expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    const page = await (await ada.visit("/admin/sync")).text();
    expect(page).toContain("Refunded at Stripe, not here");
    expect(page).toContain(`/admin/purchases/${refunded.id}`);
    expect(await compareWithStripe(platform, "repair")).toEqual(noDrift);
  });

  test("applies events that Stripe could not deliver", async () => {
    const { paymentIntentId, status } = await paidOrder(platform, grace());
    await stripe.updateChaos({ deliveries: { drop: { probability: 1 } } });
    await stripe.dispute(paymentIntentId);
    await stripe.waitForIdle();
    await stripe.stopChaos();
    const found = await compareWithStripe(platform, "repair");
    expect(found.disputed_there + found.undelivered).toBe(2);
    expect(await status()).toBe("paid");
    expect(await compareWithStripe(platform, "repair")).toEqual(noDrift);
  });

  test("reports what was paid here and not there", async () => {
    const { course } = await paidOrder(platform, grace());
    const purchase = { userId: grace().id, courseId: course.id, status: "paid" as const };
    const id = await insertPurchase(platform, purchase);
    const insertPayment = db.prepare(
      `insert into payments (purchase_id, livemode, state, expires_at, session_id, method, checked_at)
       values (?, 0, 'paid', 1, 'cs_unknown', 'Visa', 1)`,
    );
    await insertPayment.bind(id).run();
    expect(await compareWithStripe(platform, "repair")).toEqual({ ...noDrift, paid_here: 1 });
    // Payments of the other mode are not at Stripe's key of this mode.
    const setMode = db.prepare("update payments set livemode = ? where purchase_id = ?");
    await setMode.bind(1, id).run();
    expect(await compareWithStripe(platform, "dry-run")).toEqual(noDrift);
    await setMode.bind(0, id).run();
    // Of the last 30 days, by the payment; by the order if the time of the payment is not known.
    const setTimes = db.prepare("update purchases set created_at = ?, paid_at = ? where id = ?");
    const [old, recent] = [Date.now() - 31 * 86_400_000, Date.now()];
    for (const [createdAt, paidAt, count] of [
      [old, recent, 1],
      [recent, old, 0],
      [recent, null, 1],
      [old, null, 0],
    ] as const) {
      await setTimes.bind(createdAt, paidAt, id).run();
      expect(await compareWithStripe(platform, "dry-run")).toEqual({
        ...noDrift,
        paid_here: count,
      });
    }
    await setTimes.bind(recent, recent, id).run();
    expect(await compareWithStripe(platform, "repair")).toEqual({ ...noDrift, paid_here: 1 });
    expect((await latestComparison(platform)).drift).toContain(id);
    const page = await (await ada.visit("/admin/sync")).text();
    expect(page).toContain("look the payment up in Stripe");
    await db.prepare("delete from payments where purchase_id = ?").bind(id).run();
  });

  test("looks at each payment of several pages once", async () => {
    const { course } = await paidOrder(platform, grace());
    await compareWithStripe(platform, "dry-run");
    const before = (await latestComparison(platform)).checked;
    const purchase = { userId: grace().id, courseId: course.id, status: "paid" as const };
    for (let n = 0; n < 21; n++) {
      const id = await insertPurchase(platform, purchase);
      await db
        .prepare(
          "insert into payments (purchase_id, livemode, state, expires_at, method, checked_at) values (?, 0, 'paid', 1, 'Visa', 1)",
        )
        .bind(id)
        .run();
    }
    expect(await compareWithStripe(platform, "dry-run")).toEqual({ ...noDrift, paid_here: 21 });
    expect((await latestComparison(platform)).checked).toBe(before + 21);
    await db.exec("delete from payments where session_id is null");
  });

  test("continues page by page after an error of Stripe", async () => {
    const orders: Awaited<ReturnType<typeof placeOrder>>[] = [];
    for (let n = 0; n < 3; n++) orders.push(await placeOrder(platform, grace()));
    await withoutEvents(platform, async () => {
      for (const { sessionId } of orders) await stripe.pay(sessionId);
    });
    await db
      .prepare("update payments set checked_at = ?")
      .bind(Date.now() + 1e9)
      .run();
    await stripe.failApi({ route: "refunds.list", kind: "unavailable", next: 2 });
    await startComparison(platform, "repair");
    await platform.scheduled(crons.frequent);
    expect(await latestComparison(platform)).toMatchObject({
      phase: "refunds",
      paid_there: 3,
      finished_at: null,
    });
    expect((await latestComparison(platform)).error).toContain("StripeUnavailableError");
    expect(await finishComparison(platform)).toMatchObject({ paid_there: 3 });
    expect((await latestComparison(platform)).error).toBeNull();
    for (const order of orders)
      expect(await moneyOf(platform, grace(), order).status()).toBe("paid");
  });

  test("gives up a phase that keeps failing, says so, and goes on with the next one", async () => {
    const { paymentIntentId, status } = await paidOrder(platform, grace());
    await withoutEvents(platform, async () => {
      const dispute = await stripe.dispute(paymentIntentId);
      await stripe.closeDispute(dispute.id, "lost");
    });
    await startComparison(platform, "repair");
    await db
      .prepare(
        "update payment_runs set phase = 'refunds', cursor = 're_unknown' where finished_at is null",
      )
      .run();
    const longAgo = db.prepare(
      "update payment_runs set lease_until = 0, updated_at = updated_at - 3600000 where finished_at is null",
    );
    await platform.scheduled(crons.frequent);
    expect(await latestComparison(platform)).toMatchObject({ phase: "refunds", finished_at: null });
    await longAgo.run();
    await platform.scheduled(crons.frequent);
    expect(await latestComparison(platform)).toMatchObject({
      phase: "disputes",
      finished_at: null,
    });
    expect(await finishComparison(platform)).toEqual({ ...noDrift, disputed_there: 1 });
    expect(await status()).toBe("refunded");
    const { error } = await latestComparison(platform);
    expect(error).toMatch(/^refunds: StripeUnavailableError: .*\(4\d\d \w+\)$/);
    expect(await (await ada.visit("/admin/sync")).text()).toContain("incomplete");
  });

  test("for the command changes nothing else", async () => {
    const order = await placeOrder(platform, grace());
    await withoutEvents(platform, () => stripe.pay(order.sessionId));
    await forgetChecks(platform);
    await startComparison(platform, "dry-run");
    await platform.scheduled("compare-payments");
    expect(await latestComparison(platform)).toMatchObject({ paid_there: 1, error: null });
    expect((await latestComparison(platform)).finished_at).not.toBeNull();
    const { status } = moneyOf(platform, grace(), order);
    expect(await status()).toBe("pending");
    await platform.scheduled(crons.frequent);
    expect(await status()).toBe("paid");
  });

  test("starts every day", async () => {
    const count = () => db.prepare("select count(*) n from payment_runs").first<number>("n");
    const before = (await count()) ?? 0;
    await platform.scheduled(crons.daily);
    expect(await count()).toBe(before + 1);
    expect(await latestComparison(platform)).toMatchObject({ mode: "repair", error: null });
    await finishComparison(platform);
  });

  test("starts in the console, for admins", async () => {
    expect((await ada.post("/admin/sync", { payments: "dry-run" })).status).toBe(302);
    await eventually(async () =>
      expect((await latestComparison(platform)).finished_at).not.toBeNull(),
    );
    expect(await latestComparison(platform)).toMatchObject({ mode: "dry-run", error: null });
    expect((await grace().post("/admin/sync", { payments: "repair" })).status).toBe(403);
    expect((await ada.post("/admin/sync", { payments: "nothing" })).status).toBe(400);
  });
});
