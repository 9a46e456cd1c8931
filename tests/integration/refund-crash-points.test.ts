import { afterAll, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { faultModes } from "../support/faults/plan.ts";
import { usePlatform } from "../support/fixtures.ts";
import { expectMoneyConverged, settleMoney } from "../support/payments/money-oracle.ts";
import { deletePayments } from "../support/payments/reconcile-all.ts";
import { refundPurchase } from "../support/purchases.ts";
import { paidOrder } from "../support/refunds.ts";
import { forgetChecks } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true, withFaults: true });
const { stripe, db } = platform;
const ada = await consoleUser(platform, "admin");
const grace = await consoleUser(platform, "user");
let points = 0;
afterAll(() => console.log(`crash points of refunds: ${points}`));

type Order = Awaited<ReturnType<typeof paidOrder>>;

/** A code path of refunds and disputes; webhooks are held until it has run. */
interface CodePath {
  /** Other jobs of the cron have their own tests. */
  isCron?: boolean;
  prepare?: (order: Order) => Promise<unknown>;
  run: (order: Order) => Promise<unknown>;
}

const deliver = async () => {
  await stripe.release();
  await stripe.waitForIdle();
};

const enabledEvents = (types: string[]) =>
  stripe.updateSettings({ webhooks: { enabledEvents: types } });

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
    prepare: ({ paymentIntentId }) => stripe.refund(paymentIntentId),
    run: deliver,
  },
  "the event of a refunded charge": {
    async prepare({ paymentIntentId }) {
      await enabledEvents(["charge.refunded"]);
      await stripe.refund(paymentIntentId);
      await enabledEvents(["*"]);
    },
    run: deliver,
  },
  "events of a lost dispute": {
    async prepare({ paymentIntentId }) {
      const { id } = await stripe.dispute(paymentIntentId);
      await stripe.closeDispute(id, "lost");
    },
    run: deliver,
  },
  "a decision": {
    async prepare({ id, refunds }) {
      await refundPurchase(ada, id);
      const [refund] = await refunds();
      await stripe.settleRefund(refund?.stripe_refund_id ?? "", "failed");
      await deliver();
      await stripe.hold();
    },
    async run({ id, refunds }) {
      const [refund] = await refunds();
      const decision = { intent: "decide", refundId: refund?.id ?? "", decision: "reopen" };
      await ada.post(`/admin/purchases/${id}`, decision);
    },
  },
  "a comparison with Stripe": {
    async prepare({ paymentIntentId }) {
      await enabledEvents(["nothing.at_all"]);
      await stripe.refund(paymentIntentId, { amount: 900 });
      await stripe.refund(paymentIntentId);
      await enabledEvents(["*"]);
      await db
        .prepare(
          "insert into payment_runs (id, mode, started_at, updated_at) values (?, 'repair', ?, 0)",
        )
        .bind(crypto.randomUUID(), Date.now())
        .run();
    },
    isCron: true,
    run: () => platform.scheduled(crons.frequent),
  },
};

async function prepareQuietly(path: CodePath): Promise<Order> {
  await platform.armFault(null);
  await stripe.release();
  await platform.waitForStripe();
  await stripe.reset();
  await deletePayments(platform);
  const order = await paidOrder(platform, grace);
  await stripe.hold();
  await path.prepare?.(order);
  await platform.waitForStripe();
  return order;
}

test.each(Object.entries(paths))(
  "%s: converges when any step fails, loses its response or hangs",
  async (name, path) => {
    const first = await prepareQuietly(path);
    await platform.armFault(null);
    await path.run(first);
    const { steps } = await platform.waitForStripe();
    await settleMoney(platform);
    await expectMoneyConverged(platform, `${name}, without faults`);
    expect(steps.length, name).toBeGreaterThan(1);
    const begin = path.isCron ? Math.max(0, steps.indexOf("Stripe.GET") - 2) : 0;
    const last = path.isCron ? steps.findLastIndex((step) => step.startsWith("Stripe")) + 3 : 99;
    for (const [index, step] of steps.entries()) {
      if (index < begin || index > last) continue;
      for (const mode of faultModes) {
        const context = `${name}: step ${index + 1}, ${step}, ${mode}`;
        const order = await prepareQuietly(path);
        await platform.armFault({ step: index + 1, mode });
        await path.run(order);
        points += (await platform.readFaultReport()).injected;
        await settleMoney(platform);
        await expectMoneyConverged(platform, context);
      }
    }
    console.log(`${name}: ${steps.length} steps (${steps.join(", ")})`);
  },
  600_000,
);
