import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
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

test("a second session whose event was lost is found once, and stays done", async () => {
  const { id } = await paidOrder(platform, grace());
  const flag = () =>
    db.prepare("select flag from payments where purchase_id = ?").bind(id).first("flag");
  await stripe.updateSettings({ webhooks: { enabledEvents: ["nothing.at_all"] } });
  const product = { currency: "eur", unit_amount: 2_900, product_data: { name: "A course" } };
  const session = await stripeClient(platform).checkout.sessions.create({
    mode: "payment",
    metadata: { order: id },
    line_items: [{ quantity: 1, price_data: { ...product, tax_behavior: "inclusive" } }],
    success_url: platform.origin,
  });
  await stripe.pay(session.id);
  await stripe.updateSettings({ webhooks: { enabledEvents: ["*"] } });
  expect(await compare("dry-run")).toBe(1);
  expect(await flag()).toBeNull();
  expect(await compare("repair")).toBe(1);
  expect(await flag()).toBe("second-payment");
  expect(await purchasePage(ada, id)).toContain(session.id);
  expect(await compare("repair")).toBe(0);
  await ada.post(`/admin/purchases/${id}`, { intent: "dismiss", flag: "second-payment" });
  const type = "checkout.session.completed";
  await stripe.publishEvent({ type, object: paidSession(session.id, id) });
  await stripe.waitForIdle();
  expect([await flag(), await compare("repair")]).toEqual([null, 0]);
});

/** What a comparison with Stripe finds as paid there, not here. */
async function compare(mode: "repair" | "dry-run") {
  const run = crypto.randomUUID();
  await db
    .prepare("insert into payment_runs (id, mode, started_at, updated_at) values (?1, ?2, ?3, ?3)")
    .bind(run, mode, Date.now())
    .run();
  await platform.scheduled(crons.frequent);
  const found = db.prepare("select paid_there from payment_runs where id = ?").bind(run);
  return found.first("paid_there");
}
