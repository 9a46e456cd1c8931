import { parse } from "node-html-parser";
import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertPurchase, refundPurchase } from "../support/purchases.ts";
import { moneyOf, paidOrder, purchasePage, refundedAtStripe } from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import { forgetChecks, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

const bought = (payment = {}) => paidOrder(platform, grace(), payment);

const pageOf = (id: string) => purchasePage(ada, id);

/** Runs the frequent cron as if Stripe was last asked long ago. */
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

  const refused = ["0", "29.01", "-1", "9.999", "all"];
  test.each(refused)("of %s is not made, and the form keeps what was typed", async (amount) => {
    const { id, refunds } = await bought();
    const response = await refundPurchase(ada, id, { amount, reason: "fraudulent" });
    expect([400, 409]).toContain(response.status);
    expect(await refunds()).toEqual([]);
    const form = parse(await response.text());
    expect(form.querySelector('[name="amount"]')?.getAttribute("value")).toBe(amount);
    const reason = form.querySelector('[name="reason"] option[selected]');
    expect(reason?.getAttribute("value")).toBe("fraudulent");
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

  test("of a purchase that was paid outside Stripe is recorded there, also with keys", async () => {
    const course = await insertCourse(platform, { priceMinor: 2_900 });
    const purchase = { userId: grace().id, courseId: course.id, status: "paid" as const };
    const id = await insertPurchase(platform, purchase);
    expect(await pageOf(id)).toContain("Send the money back yourself");
    expect((await refundPurchase(ada, id)).headers.get("location")).toContain("done=refunded");
    const { refunds, status } = moneyOf(platform, grace(), { id, course });
    expect(await refunds()).toMatchObject([{ status: "succeeded", stripe_refund_id: null }]);
    expect(await status()).toBe("refunded");
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
