import { describe, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { changesOf } from "../support/course-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { refundPurchase } from "../support/purchases.ts";
import { purchasePage, refundedAtStripe } from "../support/refunds.ts";
import { useStripeBuyer } from "../support/stripe-buyer.ts";
import { canLearn, orderCourse, paidSession, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const ada = await consoleUser(platform, "admin");
const grace = useStripeBuyer(platform);

const order = () => placeOrder(platform, grace());

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
    expect(await canLearn(grace(), course)).toBe(false);
    expect(await changesOf(platform, course.id)).toEqual([]);
    expect(await page()).toContain("Your payment differs from the price of this order");
  });

  test.each([
    ["with a discount", { total_details: { amount_discount: 1, amount_tax: 0 } }],
    ["of a lower amount", { amount_subtotal: 2_899 }],
    ["of a higher amount", { amount_subtotal: 2_901 }],
    ["without an amount", { amount_subtotal: null }],
    ["in another currency", { currency: "usd" }],
    ["without a currency", { currency: null }],
    ["that was not required", { payment_status: "no_payment_required" }],
    ["of the other mode", { livemode: true }],
  ])("%s is flagged and opens nothing", async (_, difference) => {
    const { course, id, sessionId, orders } = await order();
    const type = "checkout.session.completed";
    const session = paidSession(sessionId, id);
    await stripe.publishEvent({ type, object: { ...session, ...difference } });
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "pending", flag: "amount-mismatch" }]);
    expect(await canLearn(grace(), course)).toBe(false);
    await stripe.publishEvent({ type, object: session });
    await stripe.waitForIdle();
    expect(await canLearn(grace(), course)).toBe(true);
  });

  test("for a course that is no longer published opens it, and is flagged", async () => {
    const { course, sessionId, orders } = await order();
    const archive = platform.db.prepare("update courses set status = 'archived' where id = ?");
    await archive.bind(course.id).run();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: "unpublished-course" }]);
    expect(await canLearn(grace(), course)).toBe(true);
  });

  test("from a deleted user opens nothing", async () => {
    const { course, sessionId, orders } = await order();
    await platform.clerk.deleteUser(grace().clerkUserId);
    await platform.clerk.waitForIdle();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: "deleted-user" }]);
    const enrolled = platform.db.prepare("select count(*) n from enrollments where course_id = ?");
    expect(await enrolled.bind(course.id).first("n")).toBe(0);
  });

  test("from a banned user is flagged", async () => {
    const { sessionId, orders } = await order();
    await platform.clerk.updateUser(grace().clerkUserId, { banned: true });
    await platform.clerk.waitForIdle();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: "banned-user" }]);
  });

  test("paid a second time for the same course is flagged", async () => {
    const { course, sessionId, orders, press } = await order();
    await press("cancel");
    const second = await orderCourse(grace(), course);
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

  test("paid a second time for the same order is flagged, and the first payment stays", async () => {
    const { id, sessionId, orders } = await order();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "paid", flag: null }]);
    const type = "checkout.session.completed";
    await stripe.publishEvent({ type, object: paidSession("cs_test_second", id) });
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([
      { status: "paid", session_id: sessionId, flag: "second-payment" },
    ]);
  });

  test("cannot come any more once an admin has marked the order as paid", async () => {
    const { id, sessionId, orders } = await order();
    await markAsPaid(id);
    expect((await stripe.pay(sessionId)).outcome).toBe("closed");
    expect(await orders()).toMatchObject([{ status: "paid", flag: null }]);
    const paid = await order();
    await stripe.hold();
    await stripe.pay(paid.sessionId);
    await markAsPaid(paid.id);
    expect(await paid.orders()).toMatchObject([{ status: "paid", state: "paid", flag: null }]);
  });

  test("that a bank sends after all is flagged, and can be refunded after the other payment", async () => {
    const { id, sessionId, orders } = await order();
    await stripe.pay(sessionId, { method: "bank_debit" });
    await stripe.waitForIdle();
    await markAsPaid(id);
    await refundPurchase(ada, id);
    expect(await orders()).toMatchObject([{ status: "refunded", state: "processing" }]);
    expect(await attention()).not.toContain(id);
    await stripe.shiftClock(200_000);
    await stripe.waitForIdle();
    expect(await orders()).toMatchObject([{ status: "refunded", flag: "second-payment" }]);
    expect(await attention()).toContain(id);
    await refundPurchase(ada, id);
    expect(await refundedAtStripe(platform, await intentOf(id))).toBe(2_900);
    expect(await attention()).not.toContain(id);
  });

  test.each([
    ["a lower", 3_000],
    ["a higher", 2_800],
  ])(
    "of %s amount is refunded and disputed like any other once it is accepted",
    async (_, priceMinor) => {
      const accepted = async () => {
        const { id, orders } = await paidWithAnotherAmount(priceMinor);
        expect(await attention()).toContain(id);
        await markAsPaid(id);
        expect(await attention()).not.toContain(id);
        expect(await orders()).toMatchObject([{ status: "paid", state: "paid", flag: null }]);
        return { id, orders, intent: await intentOf(id) };
      };
      const refunded = await accepted();
      expect(await purchasePage(ada, refunded.id)).toContain("up to €29.00");
      await refundPurchase(ada, refunded.id);
      expect(await refundedAtStripe(platform, refunded.intent)).toBe(2_900);
      expect(await refunded.orders()).toMatchObject([{ status: "refunded" }]);
      const inDashboard = await accepted();
      await stripe.refund(inDashboard.intent);
      const disputed = await accepted();
      const { id } = await stripe.dispute(disputed.intent);
      await stripe.waitForIdle();
      expect(await attention()).toContain(disputed.id);
      await stripe.closeDispute(id, "lost");
      await stripe.waitForIdle();
      for (const { orders } of [inDashboard, disputed])
        expect(await orders()).toMatchObject([{ status: "refunded" }]);
    },
  );

  test("of another amount that Stripe has sent back is not accepted", async () => {
    const { id, orders, course } = await paidWithAnotherAmount(3_000);
    const back = await stripe.refund(await intentOf(id), { amount: 2_800 });
    await stripe.waitForIdle();
    await stripe.refund(await intentOf(id));
    await stripe.waitForIdle();
    const refused = await markAsPaid(id);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain("its payment has already gone back to the buyer");
    expect(await orders()).toMatchObject([{ status: "pending", state: "open" }]);
    expect(await canLearn(grace(), course)).toBe(false);
    await ada.post("/admin/purchases", { purchaseId: id, settlement: "cancelled" });
    expect((await markAsPaid(id)).status).toBe(409);
    expect(await orders()).toMatchObject([{ status: "cancelled" }]);
    expect(await attention()).not.toContain(id);
    // The money is here after all.
    await stripe.settleRefund(back.id, "failed");
    await stripe.waitForIdle();
    expect((await markAsPaid(id)).status).toBe(409);
    await ada.post(`/admin/purchases/${id}`, {
      ...{ intent: "decide", decision: "reopen" },
      refundId: back.id,
    });
    expect((await markAsPaid(id)).status).toBe(302);
    expect(await canLearn(grace(), course)).toBe(true);
  });

  test("that needs no more attention is marked as done, which the audit shows", async () => {
    const { id, sessionId, course, orders } = await order();
    const archive = platform.db.prepare("update courses set status = 'archived' where id = ?");
    await archive.bind(course.id).run();
    await stripe.pay(sessionId);
    await stripe.waitForIdle();
    expect(await attention()).toContain(id);
    const dismiss = () =>
      ada.post(`/admin/purchases/${id}`, { intent: "dismiss", flag: "unpublished-course" });
    expect((await dismiss()).headers.get("location")).toContain("done=dismissed");
    expect(await orders()).toMatchObject([{ status: "paid", flag: null }]);
    expect(await attention()).not.toContain(id);
    expect(await (await ada.visit("/admin/audit")).text()).toContain("Red note marked as done");
    expect((await dismiss()).status).toBe(409);
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

/** An order whose price has changed since its payment page was opened. */
async function paidWithAnotherAmount(priceMinor: number) {
  const one = await order();
  const change = platform.db.prepare("update purchases set price_minor = ? where id = ?");
  await change.bind(priceMinor, one.id).run();
  await stripe.pay(one.sessionId);
  await stripe.waitForIdle();
  return one;
}

const markAsPaid = (purchaseId: string) =>
  ada.post("/admin/purchases", { purchaseId, settlement: "paid" });

/** What the list of purchases puts first. */
async function attention(): Promise<string> {
  const html = await (await ada.visit("/admin/purchases")).text();
  return /Needs attention(.*?)<\/section>/.exec(html)?.[1] ?? "";
}

const intentOf = async (purchaseId: string) =>
  String(
    await platform.db
      .prepare("select payment_intent_id from payments where purchase_id = ?")
      .bind(purchaseId)
      .first("payment_intent_id"),
  );
