import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { moneyOf, paidOrder, purchasePage, stripeClient } from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import { forgetChecks, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

const bought = (payment = {}) => paidOrder(platform, grace(), payment);

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
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
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
    expect(await purchasePage(ada, id)).toContain("The bank waits until");
    await stripe.closeDispute(dispute.id, "lost");
    await stripe.waitForIdle();
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    expect(await changes()).toEqual(["dispute-open", "dispute-lost"]);
    expect(await (await ada.visit("/admin/audit")).text()).toContain("Dispute lost");
  });

  test("that is won after it was lost opens the course again, whichever event comes first", async () => {
    for (const results of [
      ["lost", "won"],
      ["won", "lost"],
    ]) {
      const { status, canLearn, paymentIntentId } = await bought();
      for (const result of results) {
        const object = {
          ...{ id: `du_${paymentIntentId}`, payment_intent: paymentIntentId, currency: "eur" },
          ...{ amount: 2_900, reason: "fraudulent", status: result },
          evidence_details: { due_by: null },
        };
        await stripe.publishEvent({ type: "charge.dispute.closed", object });
        await stripe.waitForIdle();
      }
      expect([await status(), await canLearn()]).toEqual(["paid", true]);
    }
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
