import { parse } from "node-html-parser";
import { describe, expect, test } from "vitest";
import { consoleUser, readList } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertPurchase, insertReceivedPayment, refundPurchase } from "../support/purchases.ts";
import { paidOrder, purchasePage, refundedAtStripe } from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

const bought = (payment = {}) => paidOrder(platform, grace(), payment);

const pageOf = (id: string) => purchasePage(ada, id);

const decide = (id: string, refundId: string, decision: string) =>
  ada.post(`/admin/purchases/${id}`, { intent: "decide", refundId, decision });

/** Whether the list of purchases puts the purchase first. */
async function needsAttention(id: string): Promise<boolean> {
  const html = await (await ada.visit("/admin/purchases")).text();
  const [, section = ""] = /Needs attention(.*?)<\/section>/.exec(html) ?? [];
  return section.includes(`/admin/purchases/${id}`);
}

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
    const [, ...timeline] = (await pageOf(id)).split("Access ended");
    expect(timeline).toHaveLength(1);
    expect(timeline[0]).toContain("Access reopened");
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect((await decide(id, refund?.id ?? "", "keep-closed")).status).toBe(409);
    expect(await changes()).toEqual([
      "refund-requested by admin",
      "refund-succeeded",
      "refund-failed",
      "refund-reopen by admin",
    ]);
  });

  test("is not hidden by newer disputes, however many there are", async () => {
    const { id, course, refunds } = await bought({ method: "card_refund_failing" });
    await refundPurchase(ada, id);
    await failLatest(refunds);
    for (let n = 0; n < 30; n++) await disputedPurchase(course.id);
    expect(await needsAttention(id)).toBe(true);
    const list = await readAttention();
    expect([list.paths[0], list.paths.length]).toEqual([`/admin/purchases/${id}`, 25]);
    expect(list.count).toBeGreaterThan(30);
    expect((await readAttention(list.next)).paths).toHaveLength(list.count - 25);
    const section = await (await ada.visit("/admin/purchases")).text();
    expect(section).toContain(`href="/admin/purchases?attention=needed"`);
    await decide(id, (await refunds())[0]?.id ?? "", "reopen");
    expect((await readAttention()).paths).not.toContain(`/admin/purchases/${id}`);
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

  test("and was paid back in another way leaves only the rest to refund", async () => {
    const { id, status, refunds, paymentIntentId } = await bought({
      method: "card_refund_failing",
    });
    await refundPurchase(ada, id, { amount: "19" });
    await failLatest(refunds);
    await decide(id, (await refunds())[0]?.id ?? "", "keep-closed");
    const page = await pageOf(id);
    expect(page).toContain("up to €10.00");
    expect(page).toContain("paid back in another way");
    expect((await refundPurchase(ada, id, { amount: "10.01" })).status).toBe(409);
    await refundPurchase(ada, id);
    expect(await refundedAtStripe(platform, paymentIntentId)).toBe(1_000);
    expect(await status()).toBe("refunded");
  });

  test("and is replaced by a smaller one opens the course again", async () => {
    const { id, status, canLearn, refunds, paymentIntentId } = await bought({
      method: "card_refund_failing",
    });
    await refundPurchase(ada, id);
    await failLatest(refunds);
    const form = { amount: "10", id: crypto.randomUUID() };
    await refundPurchase(ada, id, form);
    expect([await status(), await canLearn()]).toEqual(["paid", true]);
    expect(await pageOf(id)).toContain("up to €19.00");
    await refundPurchase(ada, id);
    expect(await refundedAtStripe(platform, paymentIntentId)).toBe(2_900);
    expect([await status(), await canLearn()]).toEqual(["refunded", false]);
    await failLatest(refunds);
    // A form that is sent again decides nothing.
    await refundPurchase(ada, id, form);
    expect(await refunds()).toMatchObject([
      { decision: "replaced" },
      { status: "succeeded" },
      { status: "failed", decision: null },
    ]);
    expect(await status()).toBe("refunded");
  });

  test("does not hide a later one that only the event of the charge reports", async () => {
    const { id, status, refunds, paymentIntentId } = await bought({
      method: "card_refund_failing",
    });
    await refundPurchase(ada, id);
    await failLatest(refunds);
    await decide(id, (await refunds())[0]?.id ?? "", "reopen");
    await stripe.updateSettings({ webhooks: { enabledEvents: ["charge.refunded"] } });
    await stripe.refund(paymentIntentId);
    await stripe.waitForIdle();
    await stripe.updateSettings({ webhooks: { enabledEvents: ["*"] } });
    expect(await refunds()).toMatchObject([{ decision: "reopen" }, { status: "succeeded" }]);
    expect(await status()).toBe("refunded");
  });

  test("without ever being sent cannot have been paid back", async () => {
    const { id, refunds, paymentIntentId } = await bought();
    await stripe.dispute(paymentIntentId);
    await refundPurchase(ada, id);
    expect((await decide(id, (await refunds())[0]?.id ?? "", "keep-closed")).status).toBe(409);
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

/** A paid purchase whose payment the buyer's bank contests. */
async function disputedPurchase(courseId: string): Promise<void> {
  const purchase = { userId: grace().id, courseId, status: "paid" as const };
  const id = await insertPurchase(platform, purchase);
  const payment = await insertReceivedPayment(platform, id);
  const object = {
    ...{ id: `du_${id}`, payment_intent: payment, amount: 2_900, currency: "eur" },
    ...{ reason: "fraudulent", status: "needs_response", evidence_details: { due_by: null } },
  };
  await stripe.publishEvent({ type: "charge.dispute.created", object });
  await stripe.waitForIdle();
}

/** The list of what needs attention, as a browser without JavaScript gets it. */
async function readAttention(path = "/admin/purchases?attention=needed") {
  const html = await (await ada.visit(path)).text();
  const links = parse(html).querySelectorAll('tbody a[href^="/admin/purchases/"]');
  const paths = new Set(links.map((link) => link.getAttribute("href")));
  const count = Number(/needs attention \((?:<!-- -->)?(\d+)/.exec(html)?.[1]);
  return { paths: [...paths], count, next: readList(html).next ?? "" };
}

async function failLatest(refunds: () => Promise<{ stripe_refund_id: string | null }[]>) {
  await stripe.settleRefund((await refunds()).at(-1)?.stripe_refund_id ?? "", "failed");
  await stripe.waitForIdle();
}
