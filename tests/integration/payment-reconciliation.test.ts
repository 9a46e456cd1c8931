import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertPurchase } from "../support/purchases.ts";
import { moneyOf, paidOrder } from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import { forgetChecks, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe, db } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

const runSchema = z.object({
  mode: z.string(),
  phase: z.string(),
  checked: z.number(),
  paid_there: z.number(),
  paid_here: z.number(),
  refunded_there: z.number(),
  disputed_there: z.number(),
  undelivered: z.number(),
  drift: z.string(),
  finished_at: z.number().nullable(),
  error: z.string().nullable(),
});

async function latestRun() {
  return runSchema.parse(
    await db.prepare("select * from payment_runs order by rowid desc limit 1").first(),
  );
}

/** Starts a comparison, as `npm run reconcile -- --payments` does, and lets it end. */
async function compare(mode: "repair" | "dry-run") {
  await start(mode);
  return finish();
}

async function start(mode: "repair" | "dry-run"): Promise<void> {
  await db
    .prepare("insert into payment_runs (id, mode, started_at, updated_at) values (?, ?, ?, ?)")
    .bind(uuidv7(), mode, Date.now(), Date.now())
    .run();
}

async function finish() {
  for (let tick = 0; (await latestRun()).finished_at === null; tick++) {
    expect(tick, JSON.stringify(await latestRun())).toBeLessThan(20);
    await db.prepare("update payment_runs set lease_until = 0").run();
    await platform.scheduled(crons.frequent);
  }
  const { paid_there, paid_here, refunded_there, disputed_there, undelivered } = await latestRun();
  return { paid_there, paid_here, refunded_there, disputed_there, undelivered };
}

const none = { paid_there: 0, paid_here: 0, refunded_there: 0, disputed_there: 0, undelivered: 0 };

/** Webhooks that are never sent, and that Stripe does not list as undelivered either. */
const loseEvents = () => stripe.updateSettings({ webhooks: { enabledEvents: ["nothing.at_all"] } });
const sendEvents = () => stripe.updateSettings({ webhooks: { enabledEvents: ["*"] } });

describe("a comparison with Stripe", () => {
  test("finds nothing if every event has arrived", async () => {
    const { paymentIntentId } = await paidOrder(platform, grace());
    await stripe.refund(paymentIntentId);
    await stripe.waitForIdle();
    expect(await compare("dry-run")).toEqual(none);
  });

  test("finds what was paid, refunded and disputed there, and repairs it", async () => {
    const paid = await placeOrder(platform, grace());
    const refunded = await paidOrder(platform, grace());
    const disputed = await paidOrder(platform, grace());
    await loseEvents();
    await stripe.pay(paid.sessionId);
    await stripe.refund(refunded.paymentIntentId);
    const dispute = await stripe.dispute(disputed.paymentIntentId);
    await stripe.closeDispute(dispute.id, "lost");
    // So that the cron of pending orders does not find the payment first.
    await db
      .prepare("update payments set checked_at = ?")
      .bind(Date.now() + 1e9)
      .run();
    const found = { ...none, paid_there: 1, refunded_there: 1, disputed_there: 1 };
    expect(await compare("dry-run")).toEqual(found);
    expect(await refunded.status()).toBe("paid");
    expect(await compare("repair")).toEqual(found);
    const { status, canLearn } = moneyOf(platform, grace(), paid);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    for (const { status, canLearn } of [refunded, disputed])
      expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    const page = await (await ada.visit("/admin/sync")).text();
    expect(page).toContain("Refunded at Stripe, not here");
    expect(page).toContain(`/admin/purchases/${refunded.id}`);
    await sendEvents();
    expect(await compare("repair")).toEqual(none);
  });

  test("applies events that Stripe could not deliver", async () => {
    const { paymentIntentId, status } = await paidOrder(platform, grace());
    await stripe.updateChaos({ deliveries: { drop: { probability: 1 } } });
    await stripe.dispute(paymentIntentId);
    await stripe.waitForIdle();
    await stripe.stopChaos();
    const found = await compare("repair");
    expect(found.disputed_there + found.undelivered).toBe(2);
    expect(await status()).toBe("paid");
    expect(await compare("repair")).toEqual(none);
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
    expect(await compare("repair")).toEqual({ ...none, paid_here: 1 });
    // Payments of the other mode are not at Stripe's key of this mode.
    const setMode = db.prepare("update payments set livemode = ? where purchase_id = ?");
    await setMode.bind(1, id).run();
    expect(await compare("dry-run")).toEqual(none);
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
      expect(await compare("dry-run")).toEqual({ ...none, paid_here: count });
    }
    await setTimes.bind(recent, recent, id).run();
    expect(await compare("repair")).toEqual({ ...none, paid_here: 1 });
    expect((await latestRun()).drift).toContain(id);
    const page = await (await ada.visit("/admin/sync")).text();
    expect(page).toContain("look the payment up in Stripe");
    await db.prepare("delete from payments where purchase_id = ?").bind(id).run();
  });

  test("looks at each payment of several pages once", async () => {
    const { course } = await paidOrder(platform, grace());
    await compare("dry-run");
    const before = (await latestRun()).checked;
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
    expect(await compare("dry-run")).toEqual({ ...none, paid_here: 21 });
    expect((await latestRun()).checked).toBe(before + 21);
    await db.exec("delete from payments where session_id is null");
  });

  test("continues page by page after an error of Stripe", async () => {
    const orders = [];
    for (let n = 0; n < 3; n++) orders.push(await placeOrder(platform, grace()));
    await loseEvents();
    for (const { sessionId } of orders) await stripe.pay(sessionId);
    await db
      .prepare("update payments set checked_at = ?")
      .bind(Date.now() + 1e9)
      .run();
    await stripe.failApi({ route: "refunds.list", kind: "unavailable", next: 2 });
    await start("repair");
    await platform.scheduled(crons.frequent);
    expect(await latestRun()).toMatchObject({ phase: "refunds", paid_there: 3, finished_at: null });
    expect((await latestRun()).error).toContain("StripeUnavailableError");
    expect(await finish()).toMatchObject({ paid_there: 3 });
    expect((await latestRun()).error).toBeNull();
    await sendEvents();
    for (const order of orders)
      expect(await moneyOf(platform, grace(), order).status()).toBe("paid");
  });

  test("gives up a phase that keeps failing, says so, and goes on with the next one", async () => {
    const { paymentIntentId, status } = await paidOrder(platform, grace());
    await loseEvents();
    const dispute = await stripe.dispute(paymentIntentId);
    await stripe.closeDispute(dispute.id, "lost");
    await sendEvents();
    await start("repair");
    await db
      .prepare(
        "update payment_runs set phase = 'refunds', cursor = 're_unknown' where finished_at is null",
      )
      .run();
    const longAgo = db.prepare(
      "update payment_runs set lease_until = 0, updated_at = updated_at - 3600000 where finished_at is null",
    );
    await platform.scheduled(crons.frequent);
    expect(await latestRun()).toMatchObject({ phase: "refunds", finished_at: null });
    await longAgo.run();
    await platform.scheduled(crons.frequent);
    expect(await latestRun()).toMatchObject({ phase: "disputes", finished_at: null });
    expect(await finish()).toEqual({ ...none, disputed_there: 1 });
    expect(await status()).toBe("refunded");
    const { error } = await latestRun();
    expect(error).toMatch(/^refunds: StripeUnavailableError: .*\(4\d\d \w+\)$/);
    expect(await (await ada.visit("/admin/sync")).text()).toContain("incomplete");
  });

  test("for the command changes nothing else", async () => {
    const order = await placeOrder(platform, grace());
    await loseEvents();
    await stripe.pay(order.sessionId);
    await sendEvents();
    await forgetChecks(platform);
    await start("dry-run");
    await platform.scheduled("compare-payments");
    expect(await latestRun()).toMatchObject({ paid_there: 1, error: null });
    expect((await latestRun()).finished_at).not.toBeNull();
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
    expect(await latestRun()).toMatchObject({ mode: "repair", error: null });
    await finish();
  });

  test("starts in the console, for admins", async () => {
    expect((await ada.post("/admin/sync", { payments: "dry-run" })).status).toBe(302);
    await eventually(async () => expect((await latestRun()).finished_at).not.toBeNull());
    expect(await latestRun()).toMatchObject({ mode: "dry-run", error: null });
    expect((await grace().post("/admin/sync", { payments: "repair" })).status).toBe(403);
    expect((await ada.post("/admin/sync", { payments: "nothing" })).status).toBe(400);
  });
});
