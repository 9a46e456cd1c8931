import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { refundPurchase } from "../support/purchases.ts";
import { moneyOf, paidOrder, refundedAtStripe, stripeClient } from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import { forgetChecks, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

const bought = (payment = {}) => paidOrder(platform, grace(), payment);

async function pageOf(id: string): Promise<string> {
  const page = await ada.visit(`/admin/purchases/${id}`);
  return (await page.text()).replaceAll("<!-- -->", "");
}

const decide = (id: string, refundId: string, decision: string) =>
  ada.post(`/admin/purchases/${id}`, { intent: "decide", refundId, decision });

/** Whether the list of purchases puts the purchase first. */
async function needsAttention(id: string): Promise<boolean> {
  const html = await (await ada.visit("/admin/purchases")).text();
  const [, section = ""] = /Needs attention(.*?)<\/section>/.exec(html) ?? [];
  return section.includes(`/admin/purchases/${id}`);
}

async function tick(): Promise<void> {
  await forgetChecks(platform);
  await platform.scheduled(crons.frequent);
}

describe("a refund from the console", () => {
  test("in parts leaves the course open; the rest ends access", async () => {
    const { id, paymentIntentId, status, canLearn, refunds, changes } = await bought();
    const response = await refundPurchase(ada, id, { amount: "9.50" });
    expect(response.headers.get("location")).toBe(`/admin/purchases/${id}?done=refunded`);
    expect(await refunds()).toMatchObject([{ amount_minor: 950, status: "succeeded" }]);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect(await pageOf(id)).toContain("up to €19.50");
    const receipt = await (await grace().visit(`/purchases/${id}`)).text();
    expect(receipt).toMatch(/Amount refunded<\/dt>.*?€9\.50/);
    const totals = await (await ada.visit("/admin/purchases")).text();
    expect(totals).toMatch(/Money of the orders, per currency/);
    await refundPurchase(ada, id, { reason: "duplicate" });
    expect(await refunds()).toMatchObject([
      { amount_minor: 950 },
      { amount_minor: 1_950, status: "succeeded", requested_by: ada.id },
    ]);
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    await stripe.waitForIdle();
    expect(await changes()).toEqual([
      "refund-requested by admin",
      "refund-succeeded",
      "refund-requested by admin",
      "refund-succeeded",
    ]);
    const page = await pageOf(id);
    for (const text of ["Refund requested: €9.50", "Access ended", paymentIntentId])
      expect(page).toContain(text);
    const audit = await (await ada.visit("/admin/audit")).text();
    expect(audit).toContain("€19.50, duplicate");
    const csv = await (await ada.visit("/admin/audit.csv")).text();
    expect(csv).toContain('"refund-requested","€19.50, duplicate"');
  });

  test("that is sent twice or by two admins at once pays back once", async () => {
    const { id, paymentIntentId, refunds } = await bought();
    const form = { id: crypto.randomUUID(), amount: "10" };
    const send = () => refundPurchase(ada, id, form);
    expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([302, 302]);
    expect(await refunds()).toHaveLength(1);
    await Promise.all([refundPurchase(ada, id), refundPurchase(ada, id)]);
    expect(await refunds()).toHaveLength(2);
    expect(await refundedAtStripe(platform, paymentIntentId)).toBe(2_900);
    const again = await refundPurchase(ada, id);
    expect(again.status).toBe(409);
    expect(await again.text()).toContain("less is left than you asked for");
  });

  test.each(["0", "29.01", "-1", "9.999", "all"])("of %s is not made", async (amount) => {
    const { id, refunds } = await bought();
    const response = await refundPurchase(ada, id, { amount });
    expect([400, 409]).toContain(response.status);
    expect(await refunds()).toEqual([]);
  });

  test("that Stripe does not answer is continued by the cron, and made once", async () => {
    const { id, paymentIntentId, status, refunds } = await bought();
    await stripe.hold();
    await stripe.failApi({ route: "refunds.create", kind: "unavailable", next: 2 });
    await stripe.failApi({ route: "refunds.list", kind: "unavailable", next: 2 });
    const response = await refundPurchase(ada, id);
    expect(response.headers.get("location")).toContain("done=pending");
    expect(await refunds()).toMatchObject([{ status: "pending", stripe_refund_id: null }]);
    expect(await status()).toBe("paid");
    await tick();
    expect(await refunds()).toMatchObject([{ status: "succeeded" }]);
    expect(await status()).toBe("refunded");
    expect(await refundedAtStripe(platform, paymentIntentId)).toBe(2_900);
  });

  test("that Stripe refuses is shown, and changes nothing", async () => {
    const { id, status, refunds, paymentIntentId } = await bought();
    const dispute = await stripe.dispute(paymentIntentId);
    const response = await refundPurchase(ada, id);
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("the payment is disputed");
    expect(await refunds()).toMatchObject([
      { status: "failed", failure_reason: "charge_disputed", stripe_refund_id: null },
    ]);
    expect(await status()).toBe("paid");
    await stripe.closeDispute(dispute.id, "won");
    expect((await refundPurchase(ada, id)).status).toBe(302);
    expect(await refunds()).toMatchObject([{ decision: "replaced" }, { status: "succeeded" }]);
  });

  test("after an internal error of Stripe can be made again", async () => {
    const { id, status, refunds, paymentIntentId } = await bought();
    await stripe.failApi({ route: "refunds.create", kind: "internal_error" });
    expect((await refundPurchase(ada, id)).status).toBe(409);
    expect(await refunds()).toMatchObject([{ status: "failed", failure_reason: "stripe_error" }]);
    await refundPurchase(ada, id);
    expect(await status()).toBe("refunded");
    expect(await refundedAtStripe(platform, paymentIntentId)).toBe(2_900);
  });

  test("keeps access that another purchase or an admin grants", async () => {
    const { id, course, canLearn } = await bought();
    await ada.post(`/admin/courses/${course.id}/people`, { intent: "revoke", userId: grace().id });
    await ada.post(`/admin/courses/${course.id}/people`, { intent: "enroll", who: grace().id });
    await refundPurchase(ada, id);
    expect(await canLearn()).toBe(true);
  });

  test("needs an admin, and a purchase that exists", async () => {
    const { id, refunds } = await bought();
    expect((await refundPurchase(grace(), id)).status).toBe(403);
    expect((await refundPurchase(ada, "nothing")).status).toBe(404);
    expect(await refunds()).toEqual([]);
    const other = await placeOrder(platform, await consoleUser(platform, "user"));
    expect((await refundPurchase(ada, other.id)).status).toBe(409);
  });
});

describe("a refund that fails later", () => {
  test("leaves access closed until an admin reopens the course", async () => {
    const { id, status, canLearn, refunds, changes } = await bought({
      method: "card_refund_failing",
    });
    await refundPurchase(ada, id);
    const [refund] = await refunds();
    await stripe.settleRefund(refund?.stripe_refund_id ?? "", "failed");
    await stripe.waitForIdle();
    expect(await refunds()).toMatchObject([
      { status: "failed", failure_reason: "expired_or_canceled_card" },
    ]);
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    const list = await (await ada.visit("/admin/purchases")).text();
    expect(list).toContain("A refund did not reach the buyer");
    expect(await needsAttention(id)).toBe(true);
    expect(await pageOf(id)).toContain("Reopen the course");
    expect((await decide(id, refund?.id ?? "", "reopen")).status).toBe(302);
    expect(await needsAttention(id)).toBe(false);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect((await decide(id, refund?.id ?? "", "keep-closed")).status).toBe(409);
    expect(await changes()).toEqual([
      "refund-requested by admin",
      "refund-succeeded",
      "refund-failed",
      "refund-reopen by admin",
    ]);
  });

  test("can be kept closed, or made again", async () => {
    const kept = await bought({ method: "card_refund_failing" });
    await refundPurchase(ada, kept.id);
    await failLatest(kept.refunds);
    await decide(kept.id, (await kept.refunds())[0]?.id ?? "", "keep-closed");
    expect([await kept.status(), await kept.canLearn()]).toEqual(["refunded", false]);
    expect((await refundPurchase(ada, kept.id)).status).toBe(409);

    const again = await bought({ method: "card_refund_failing" });
    await refundPurchase(ada, again.id);
    await failLatest(again.refunds);
    expect((await refundPurchase(ada, again.id)).status).toBe(302);
    expect(await again.refunds()).toMatchObject([
      { status: "failed", decision: "replaced" },
      { status: "succeeded" },
    ]);
    expect(await again.status()).toBe("refunded");
    expect(await pageOf(again.id)).not.toContain("did not reach the buyer");
  });

  test("in part leaves the course open", async () => {
    const { id, status, canLearn, refunds } = await bought({ method: "card_refund_failing" });
    await refundPurchase(ada, id, { amount: "10" });
    await failLatest(refunds);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    await decide(id, (await refunds())[0]?.id ?? "", "reopen");
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
  });
});

describe("a refund from Stripe’s dashboard", () => {
  test("ends access, whichever of its events arrive", async () => {
    for (const types of [["refund.created"], ["charge.refunded"], ["refund.*", "charge.*"]]) {
      const { status, canLearn, refunds, paymentIntentId, changes } = await bought();
      await stripe.updateSettings({ webhooks: { enabledEvents: types } });
      await stripe.refund(paymentIntentId);
      await stripe.waitForIdle();
      await stripe.updateSettings({ webhooks: { enabledEvents: ["*"] } });
      expect(await refunds()).toMatchObject([
        { status: "succeeded", amount_minor: 2_900, requested_by: null },
      ]);
      expect([await status(), await canLearn()], types.join()).toEqual(["refunded", false]);
      expect(await changes()).toEqual(["refund-succeeded"]);
    }
  });

  test("of a pending kind ends access at once, and can be canceled", async () => {
    const { status, refunds, paymentIntentId, changes } = await bought({
      method: "card_refund_pending",
    });
    const { id } = await stripe.refund(paymentIntentId);
    await stripe.waitForIdle();
    expect(await refunds()).toMatchObject([{ status: "pending" }]);
    expect(await status()).toBe("refunded");
    await stripe.settleRefund(id, "canceled");
    await stripe.waitForIdle();
    expect(await refunds()).toMatchObject([{ status: "canceled", decision: null }]);
    expect(await changes()).toEqual(["refund-pending", "refund-canceled"]);
  });

  test("that arrives before the payment counts once the payment does", async () => {
    const order = await placeOrder(platform, grace());
    const { status, canLearn, refunds, changes } = moneyOf(platform, grace(), order);
    await stripe.updateSettings({ webhooks: { enabledEvents: ["refund.*", "charge.dispute.*"] } });
    await stripe.pay(order.sessionId);
    await stripe.waitForIdle();
    const session = await stripeClient(platform).checkout.sessions.retrieve(order.sessionId);
    await stripe.refund(String(session.payment_intent));
    await stripe.waitForIdle();
    await stripe.updateSettings({ webhooks: { enabledEvents: ["*"] } });
    expect([await status(), await refunds()]).toEqual(["pending", []]);
    await tick();
    expect(await refunds()).toMatchObject([{ status: "succeeded" }]);
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    expect(await changes()).toEqual(["refund-succeeded"]);
  });
});

describe("a dispute", () => {
  test("is flagged while open, and ends access when it is lost", async () => {
    const { id, status, canLearn, disputes, changes, paymentIntentId } = await bought();
    const dispute = await stripe.dispute(paymentIntentId);
    await stripe.waitForIdle();
    expect(await disputes()).toEqual([{ id: dispute.id, status: "open", amount_minor: 2_900 }]);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect(await (await ada.visit("/admin/purchases")).text()).toContain("disputes the payment");
    expect(await pageOf(id)).toContain("The bank waits until");
    await stripe.closeDispute(dispute.id, "lost");
    await stripe.waitForIdle();
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    expect(await changes()).toEqual(["dispute-open", "dispute-lost"]);
    expect(await (await ada.visit("/admin/audit")).text()).toContain("Dispute lost");
  });

  test("that is won changes nothing", async () => {
    const { status, canLearn, disputes, paymentIntentId } = await bought();
    const dispute = await stripe.dispute(paymentIntentId);
    await stripe.closeDispute(dispute.id, "won");
    await stripe.waitForIdle();
    expect(await disputes()).toMatchObject([{ status: "won" }]);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
  });
});

test("events about payments of another product are kept, and change nothing", async () => {
  const refund = { id: "re_foreign", payment_intent: "pi_foreign", amount: 5, currency: "eur" };
  const object = { ...refund, status: "succeeded", reason: null, metadata: {} };
  await stripe.publishEvent({ type: "refund.created", object });
  const charge = { payment_intent: "pi_foreign2", amount_refunded: 5, metadata: {} };
  await stripe.publishEvent({ type: "charge.refunded", object: charge });
  await stripe.publishEvent({ type: "refund.updated", object: { id: 5 } });
  await stripe.waitForIdle();
  const { results } = await platform.db
    .prepare("select type, outcome from stripe_events order by rowid desc limit 3")
    .all();
  expect(results).toEqual([
    { type: "refund.updated", outcome: "rejected" },
    { type: "charge.refunded", outcome: "unmatched" },
    { type: "refund.created", outcome: "unmatched" },
  ]);
});

async function failLatest(refunds: () => Promise<{ stripe_refund_id: string | null }[]>) {
  await stripe.settleRefund((await refunds()).at(-1)?.stripe_refund_id ?? "", "failed");
  await stripe.waitForIdle();
}
