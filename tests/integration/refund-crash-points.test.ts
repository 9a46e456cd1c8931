import { expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { checkCrashPoints, ordersAtATime } from "../support/payments/check-crash-points.ts";
import { startComparison, withoutEvents } from "../support/payments/comparison.ts";
import { expectMoneyConverged, settleMoney } from "../support/payments/money-oracle.ts";
import { logMoney } from "../support/payments/read-money.ts";
import { deletePayments } from "../support/payments/reconcile-all.ts";
import { refundPurchase } from "../support/purchases.ts";
import { paidOrder, stripeClient } from "../support/refunds.ts";
import { forgetChecks, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true, withFaults: true });
const { stripe, db } = platform;
await logMoney(platform);
const ada = await consoleUser(platform, "admin");
const grace = await consoleUser(platform, "user");

type Order = Awaited<ReturnType<typeof paidOrder>>;

interface CodePath {
  /** It works for all orders: there is one at a time. */
  isCron?: boolean;
  prepare?: (order: Order) => Promise<unknown>;
  run: (order: Order) => Promise<unknown>;
  expectAlso?: () => Promise<unknown>;
}

const deliver = async () => {
  await stripe.release();
  await stripe.waitForIdle({ retries: true });
};

/** Delivers the events of what happens at Stripe. */
const eventsOf = (happen: (order: Order) => Promise<unknown>) => async (order: Order) => {
  await stripe.hold();
  await happen(order);
  await deliver();
};

const enabledEvents = (types: string[]) =>
  stripe.updateSettings({ webhooks: { enabledEvents: types } });

const paidOutside = new Map<Order, string>();

async function failRefund({ id, refunds }: Order): Promise<void> {
  await refundPurchase(ada, id);
  const [refund] = await refunds();
  await stripe.settleRefund(refund?.stripe_refund_id ?? "", "failed");
  await deliver();
  await stripe.hold();
}

const decide =
  (decision: string) =>
  async ({ id, refunds }: Order): Promise<void> => {
    const [refund] = await refunds();
    const form = { intent: "decide", refundId: refund?.id ?? "", decision };
    await ada.post(`/admin/purchases/${id}`, form);
  };

const paths: Record<string, CodePath> = {
  "a refund": { run: ({ id }) => refundPurchase(ada, id) },
  "a refund in part": { run: ({ id }) => refundPurchase(ada, id, { amount: "9.50" }) },
  "a refund that Stripe has not answered": {
    async prepare({ id }) {
      await stripe.failApi({ route: "refunds.create", kind: "unavailable", next: 2 });
      await stripe.failApi({ route: "refunds.list", kind: "unavailable", next: 2 });
      await refundPurchase(ada, id);
      await forgetChecks(platform);
    },
    isCron: true,
    run: () => platform.scheduled(crons.frequent),
  },
  "events of a refund": {
    run: eventsOf(({ paymentIntentId }) => stripe.refund(paymentIntentId)),
  },
  "the event of a refunded charge": {
    run: eventsOf(async ({ paymentIntentId }) => {
      await enabledEvents(["charge.refunded"]);
      await stripe.refund(paymentIntentId);
      await enabledEvents(["*"]);
    }),
  },
  "events of a lost dispute": {
    run: eventsOf(async ({ paymentIntentId }) => {
      const { id } = await stripe.dispute(paymentIntentId);
      await stripe.closeDispute(id, "lost");
    }),
  },
  "a second payment and its refund": {
    run: eventsOf(async ({ id }) => {
      const { checkout } = stripeClient(platform);
      const product = { currency: "eur", unit_amount: 2_900, product_data: { name: "A course" } };
      const session = await checkout.sessions.create({
        mode: "payment",
        metadata: { order: id },
        payment_intent_data: { metadata: { order: id } },
        line_items: [{ quantity: 1, price_data: { ...product, tax_behavior: "inclusive" } }],
        success_url: platform.origin,
      });
      await stripe.pay(session.id);
      const paid = await checkout.sessions.retrieve(session.id);
      await stripe.refund(String(paid.payment_intent), { amount: 1_900 });
    }),
  },
  "the payment of an earlier refund": {
    async prepare() {
      const { sessionId } = await placeOrder(platform, grace);
      await enabledEvents(["refund.created"]);
      await stripe.pay(sessionId);
      const paid = await stripeClient(platform).checkout.sessions.retrieve(sessionId);
      await stripe.refund(String(paid.payment_intent));
      await deliver();
      await enabledEvents(["*"]);
      await forgetChecks(platform);
    },
    isCron: true,
    run: () => platform.scheduled(crons.frequent),
  },
  "a refund outside Stripe": {
    async prepare(order) {
      const { id } = await placeOrder(platform, grace);
      await ada.post("/admin/purchases", { purchaseId: id, settlement: "paid" });
      paidOutside.set(order, id);
    },
    run: (order) => refundPurchase(ada, paidOutside.get(order) ?? ""),
  },
  "a decision to reopen the course": { prepare: failRefund, run: decide("reopen") },
  "a decision that it was paid back": { prepare: failRefund, run: decide("keep-closed") },
  "a comparison with Stripe": {
    async prepare({ paymentIntentId }) {
      await withoutEvents(platform, async () => {
        await stripe.refund(paymentIntentId, { amount: 900 });
        await stripe.refund(paymentIntentId);
      });
      await startComparison(platform, "repair");
    },
    isCron: true,
    run: () => platform.scheduled(crons.frequent),
    /** The run that found the differences reports both, although it was interrupted. */
    async expectAlso() {
      const run = db.prepare("select refunded_there from payment_runs order by rowid limit 1");
      expect(await run.first("refunded_there")).toBe(2);
    },
  },
};

async function prepareQuietly({ isCron, prepare }: CodePath): Promise<[Order, ...Order[]]> {
  await platform.armFault(null);
  await stripe.release();
  await platform.waitForStripe();
  await stripe.reset();
  await deletePayments(platform);
  const orders: [Order, ...Order[]] = [await paidOrder(platform, grace)];
  while (!isCron && orders.length < ordersAtATime) orders.push(await paidOrder(platform, grace));
  await stripe.hold();
  for (const order of orders) await prepare?.(order);
  await platform.waitForStripe();
  return orders;
}

/** Of a cron, only the steps around the calls to Stripe: other jobs have their own tests. */
function isNearStripe(index: number, steps: readonly string[]): boolean {
  const first = steps.indexOf("Stripe.GET") - 2;
  return index >= first && index <= steps.findLastIndex((step) => step.startsWith("Stripe")) + 3;
}

test.each(Object.entries(paths))(
  "%s: converges when any step fails, loses its response or hangs",
  async (name, path) => {
    const points = await checkCrashPoints(platform, name, {
      prepare: () => prepareQuietly(path),
      run: path.run,
      ...(path.isCron && { isTested: isNearStripe }),
      settle: () => settleMoney(platform),
      async expectConverged(context) {
        await expectMoneyConverged(platform, context);
        await path.expectAlso?.();
      },
    });
    expect(points).toBeGreaterThan(0);
  },
);
