import { test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { checkCrashPoints, ordersAtATime } from "../support/payments/check-crash-points.ts";
import { expectPaymentsConverged } from "../support/payments/oracle.ts";
import { logMoney } from "../support/payments/read-money.ts";
import { deletePayments, reconcileAll } from "../support/payments/reconcile-all.ts";
import { forgetChecks, orderCourse, ordersOf, pricedCourse } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true, withFaults: true });
const { stripe } = platform;
await logMoney(platform);
const buyers = [await consoleUser(platform, "user"), await consoleUser(platform, "user")];
let orders = 0;

interface Order {
  buyer: ConsoleUser;
  course: Awaited<ReturnType<typeof pricedCourse>>;
  orderPath: string;
  sessionId: string;
}

interface CodePath {
  /** It works for all orders: there is one at a time. */
  isCron?: boolean;
  prepare(): Promise<Order>;
  run(order: Order): Promise<unknown>;
  isTested?(index: number, steps: readonly string[]): boolean;
}

async function newOrder(): Promise<Order> {
  const buyer = buyers[orders++ % buyers.length] ?? (await consoleUser(platform, "user"));
  const course = await pricedCourse(platform);
  return { buyer, course, orderPath: "", sessionId: "" };
}

async function placedOrder(): Promise<Order> {
  const order = await newOrder();
  const { sessionId } = await orderCourse(order.buyer, order.course);
  const [row] = await ordersOf(platform, order.buyer, order.course);
  return { ...order, sessionId, orderPath: `/purchases/${row?.id}` };
}

async function paidOrder(): Promise<Order> {
  const order = await placedOrder();
  await stripe.pay(order.sessionId);
  await forgetChecks(platform);
  return order;
}

const press = (intent: string) => (order: Order) => order.buyer.post(order.orderPath, { intent });

/** Other jobs of the cron have their own tests: from the first due row to the daily comparison. */
const reconciliation = {
  isCron: true,
  run: () => platform.scheduled(crons.frequent),
  isTested: (index: number, steps: readonly string[]) =>
    index >= steps.indexOf("D1.run") - 1 && index < steps.lastIndexOf("D1.raw"),
};

const failCreation = () =>
  stripe.failApi({ route: "checkout_sessions.create", kind: "internal_error", acts: true });

async function orderWithoutSession(): Promise<Order> {
  await failCreation();
  const order = await newOrder();
  await orderCourse(order.buyer, order.course);
  return order;
}

const paths: Record<string, CodePath> = {
  order: { prepare: newOrder, run: ({ buyer, course }) => orderCourse(buyer, course) },
  "order at a new price": {
    async prepare() {
      const order = await placedOrder();
      const sql = "update courses set price_minor = 3900 where id = ?";
      await platform.db.prepare(sql).bind(order.course.id).run();
      return order;
    },
    run: ({ buyer, course }) => orderCourse(buyer, course, 3_900),
  },
  "return check": { prepare: paidOrder, run: press("check") },
  "cancel before the payment": { prepare: placedOrder, run: press("cancel") },
  "cancel after the payment": { prepare: paidOrder, run: press("cancel") },
  webhook: {
    prepare: placedOrder,
    async run({ sessionId }) {
      await stripe.hold();
      await stripe.pay(sessionId);
      await stripe.release();
      await stripe.waitForIdle({ retries: true });
    },
  },
  reconciliation: { prepare: paidOrder, ...reconciliation },
  "resuming an open order": {
    prepare: placedOrder,
    run: ({ buyer, course }) => orderCourse(buyer, course),
  },
  "replacing an expired order": {
    async prepare() {
      const order = await placedOrder();
      await stripe.expire(order.sessionId);
      return order;
    },
    run: ({ buyer, course }) => orderCourse(buyer, course),
  },
  "an order that Stripe answers with an internal error": {
    prepare: newOrder,
    async run({ buyer, course }) {
      await failCreation();
      await orderCourse(buyer, course);
    },
  },
  "an order after an internal error of Stripe": {
    prepare: orderWithoutSession,
    run: ({ buyer, course }) => orderCourse(buyer, course),
  },
  "reconciliation of an order without a session": {
    async prepare() {
      const order = await orderWithoutSession();
      await platform.db.exec("update payments set expires_at = 1, checked_at = 0");
      return order;
    },
    ...reconciliation,
  },
  "reconciliation of an unmatched event": {
    async prepare() {
      const order = await paidOrder();
      const now = Date.now();
      await platform.db.prepare("update payments set checked_at = ?").bind(now).run();
      await platform.db
        .prepare(
          `insert into stripe_events (id, type, session_id, outcome, first_received_at, last_received_at)
           values ('evt_unmatched', 'checkout.session.completed', ?, 'unmatched', ?, ?)`,
        )
        .bind(order.sessionId, now, now - 100_000)
        .run();
      return order;
    },
    ...reconciliation,
  },
  "reconciliation of a payment method": {
    async prepare() {
      const order = await paidOrder();
      await stripe.release();
      await platform.waitForStripe();
      await platform.db.exec("update payments set method = null, checked_at = 0");
      return order;
    },
    ...reconciliation,
  },
};

async function prepareQuietly({ isCron, prepare }: CodePath): Promise<[Order, ...Order[]]> {
  await platform.armFault(null);
  await platform.waitForStripe();
  await stripe.hold();
  await stripe.reset();
  await deletePayments(platform);
  const orders: [Order, ...Order[]] = [await prepare()];
  while (!isCron && orders.length < ordersAtATime) orders.push(await prepare());
  await platform.waitForStripe();
  return orders;
}

test.each(Object.entries(paths))(
  "%s: converges when any step fails, loses its response or hangs",
  async (name, path) => {
    await checkCrashPoints(platform, name, {
      prepare: () => prepareQuietly(path),
      run: path.run,
      ...(path.isTested && { isTested: path.isTested }),
      settle: () => reconcileAll(platform),
      expectConverged: (context) => expectPaymentsConverged(platform, context),
    });
  },
);
