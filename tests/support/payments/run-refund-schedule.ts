import Stripe from "stripe";
import { localStripeKeys } from "../../stripe/environment.ts";
import type { ConsoleUser } from "../admin-console.ts";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { refundPurchase } from "../purchases.ts";
import { stripeClient } from "../refunds.ts";
import { forgetChecks } from "../stripe-orders.ts";
import { type Operation, price, type Schedule } from "./refund-schedule.ts";

/** Who has ordered what; used again by every batch of schedules. */
export interface Slot {
  buyerId: string;
  courseId: string;
}

interface Order {
  id: string;
  /** Of the same order; most have one. */
  payments: Payment[];
}

interface Payment {
  sessionId: string;
  paymentIntentId: string;
  chargeId: string;
}

/** Pays the orders and runs the schedule. Webhooks are held, so only the schedule delivers them. */
export async function runRefundSchedule(
  platform: Platform,
  admin: ConsoleUser,
  slot: Slot,
  { methods, rounds }: Schedule,
): Promise<void> {
  const orders: Order[] = [];
  for (const method of methods)
    orders.push(await payOrder(platform, admin, slot, method, orders.length === 0));
  for (const round of rounds)
    await Promise.all(
      round.map(async (operation) => {
        const order = pick(orders, operation.order);
        const payment = pick(order?.payments ?? [], operation.payment);
        if (order && payment)
          await perform({ platform, admin, order, payment }, operation).catch(ignoreReset);
      }),
    );
}

/** A busy machine resets connections: one more response that is lost. */
function ignoreReset(error: unknown): void {
  if (!(error instanceof TypeError && error.message === "fetch failed")) throw error;
}

const firstMethods = {
  card: "card",
  card_refund_pending: "card_refund_pending",
  card_refund_failing: "card_refund_failing",
  less: "card",
  "less-unaccepted": "card",
  "less-then-price": "card",
  twice: "card",
  "also-by-hand": "bank_debit",
} as const;

/** Stores an order, as its form does, and pays it on Stripe's page. */
async function payOrder(
  platform: Platform,
  admin: ConsoleUser,
  slot: Slot,
  method: Schedule["methods"][number],
  isPending: boolean,
): Promise<Order> {
  const id = crypto.randomUUID();
  const isLess = method.startsWith("less");
  const sessionId = await openSession(platform, id, isLess ? price - 500 : price);
  await insertOrder(platform, slot, { id, sessionId, isPending });
  const isByHand = method === "also-by-hand";
  await platform.stripe.pay(sessionId, { method: firstMethods[method] });
  if (isByHand || method === "less") await markAsPaid(platform, admin, id);
  const payments = [await readPayment(platform, sessionId)];
  if (isByHand) await platform.stripe.settle(payments[0]?.paymentIntentId ?? "", "succeeded");
  if (method === "twice" || method === "less-then-price") {
    const again = await openSession(platform, id, price);
    await platform.stripe.pay(again, { method: "card_refund_failing" });
    payments.push(await readPayment(platform, again));
  }
  return { id, payments };
}

async function openSession(platform: Platform, order: string, unit_amount: number) {
  const product = { currency: "eur", unit_amount, product_data: { name: "A course" } };
  const session = await stripeClient(platform).checkout.sessions.create({
    mode: "payment",
    metadata: { order },
    payment_intent_data: { metadata: { order } },
    line_items: [{ quantity: 1, price_data: { ...product, tax_behavior: "inclusive" } }],
    success_url: platform.origin,
  });
  return session.id;
}

async function readPayment(platform: Platform, sessionId: string): Promise<Payment> {
  const { payment_intent: intent } = await stripeClient(platform).checkout.sessions.retrieve(
    sessionId,
    { expand: ["payment_intent"] },
  );
  if (typeof intent !== "object" || intent === null) throw new Error("The session is not paid");
  return { sessionId, paymentIntentId: intent.id, chargeId: String(intent.latest_charge) };
}

/** The faults of other schedules may hit the request. */
async function markAsPaid({ db }: Platform, admin: ConsoleUser, purchaseId: string) {
  const status = db.prepare("select status from purchases where id = ?").bind(purchaseId);
  while ((await status.first("status")) !== "paid")
    await admin.post("/admin/purchases", { purchaseId, settlement: "paid" }).catch(ignoreReset);
}

async function insertOrder(
  { db }: Platform,
  { buyerId, courseId }: Slot,
  { id, sessionId, isPending }: { id: string; sessionId: string; isPending: boolean },
): Promise<void> {
  const now = Date.now();
  const [status, state] = isPending ? ["pending", "open"] : ["cancelled", "canceled"];
  await db.batch([
    db
      .prepare(
        `insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
         select ?, ?, id, ?, 'EUR', json_object('slug', slug, 'title', title, 'summary', summary, 'cover', cover, 'lessons', 1),
           ?, 'stripe', ?, ? from courses where id = ?`,
      )
      .bind(id, buyerId, price, status, `CP-${id}`, now, courseId),
    db
      .prepare(
        "insert into payments (purchase_id, livemode, state, expires_at, session_id, checked_at) values (?, 0, ?, ?, ?, ?)",
      )
      .bind(id, state, now + 3_600_000, sessionId, now),
  ]);
}

interface Setting {
  platform: Platform;
  admin: ConsoleUser;
  order: Order;
  payment: Payment;
}

async function perform(setting: Setting, operation: Operation): Promise<unknown> {
  const { platform, admin, order, payment } = setting;
  const { stripe } = platform;
  const { id } = order;
  const { paymentIntentId } = payment;
  switch (operation.kind) {
    case "refund": {
      const fields = { amount: operation.amount, id: crypto.randomUUID() };
      const click = () => refundPurchase(admin, id, fields);
      return Promise.all(Array.from({ length: operation.clicks }, click));
    }
    case "refund-in-dashboard": {
      const { amount } = operation;
      // Fails if less is left, or if the payment is disputed.
      return stripe.refund(paymentIntentId, amount === null ? {} : { amount }).catch(() => null);
    }
    case "bank-answers": {
      const refundId = pick(await refundIds(platform, payment), operation.refund);
      return refundId && stripe.settleRefund(refundId, operation.outcome);
    }
    case "decide": {
      const refundId = pick(await rowIds(platform, id), operation.refund) ?? "none";
      const fields = { intent: "decide", refundId, decision: operation.decision };
      return admin.post(`/admin/purchases/${id}`, fields);
    }
    case "dispute":
      return stripe.dispute(paymentIntentId).catch(() => null);
    case "close-dispute": {
      const disputeId = pick(await disputeIds(platform, payment), 0);
      return disputeId && stripe.closeDispute(disputeId, operation.outcome);
    }
    case "deliver":
      return deliver(platform, payment, operation);
    case "cron":
      await forgetChecks(platform);
      return platform.scheduled(crons.frequent);
    case "stripe-fault": {
      const { fault, acts, next } = operation;
      return stripe.failApi({ route: "refunds.create", kind: fault, acts, next });
    }
    case "fault":
      return platform.armFault(operation);
  }
}

const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items[index % Math.max(items.length, 1)];

const refundIds = async (platform: Platform, { paymentIntentId }: Payment) =>
  (await stripeClient(platform).refunds.list({ payment_intent: paymentIntentId })).data.map(
    ({ id }) => id,
  );

const disputeIds = async (platform: Platform, { paymentIntentId }: Payment) =>
  (await stripeClient(platform).disputes.list({ payment_intent: paymentIntentId })).data.map(
    ({ id }) => id,
  );

async function rowIds({ db }: Platform, purchaseId: string): Promise<string[]> {
  const { results } = await db
    .prepare("select id from refunds where purchase_id = ? order by rowid desc")
    .bind(purchaseId)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

/** Delivers one of Stripe's events about the payment, whatever Stripe has delivered of it. */
async function deliver(
  platform: Platform,
  payment: Payment,
  { subject, message, copies }: Extract<Operation, { kind: "deliver" }>,
): Promise<void> {
  const subjects = [
    payment.sessionId,
    payment.chargeId,
    ...(await refundIds(platform, payment)),
    ...(await disputeIds(platform, payment)),
  ];
  const subjectId = pick(subjects, subject) ?? "";
  const body = pick(await platform.stripe.listWebhookMessages({ subjectId }), message)?.payload;
  if (body === undefined) return;
  const secret = localStripeKeys.webhookSecret;
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  const url = `${platform.origin}/api/webhooks/stripe`;
  const post = () => fetch(url, { method: "POST", headers, body });
  await Promise.all(Array.from({ length: copies }, post));
}
