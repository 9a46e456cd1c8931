import Stripe from "stripe";
import { localStripeKeys } from "../stripe/environment.ts";
import type { ConsoleUser } from "./admin-console.ts";
import type { Platform } from "./platform.ts";
import { canLearn, placeOrder } from "./stripe-orders.ts";

type PayMethod = Parameters<Platform["stripe"]["pay"]>[1];

interface RefundRow {
  id: string;
  status: string;
  amount_minor: number;
  stripe_refund_id: string | null;
  requested_by: string | null;
  failure_reason: string | null;
  decision: string | null;
}

/** An order that was paid through Stripe, with what happened to its money. */
export async function paidOrder(platform: Platform, buyer: ConsoleUser, payment: PayMethod = {}) {
  const { db, stripe } = platform;
  const order = await placeOrder(platform, buyer);
  await stripe.pay(order.sessionId, payment);
  await stripe.waitForIdle();
  const paymentIntentId = await db
    .prepare("select payment_intent_id from payments where purchase_id = ?")
    .bind(order.id)
    .first<string>("payment_intent_id");
  return { ...order, paymentIntentId: paymentIntentId ?? "", ...moneyOf(platform, buyer, order) };
}

type Order = Pick<Awaited<ReturnType<typeof placeOrder>>, "id" | "course">;

/** What D1 says about the money of an order. */
export function moneyOf({ db }: Platform, buyer: ConsoleUser, { id, course }: Order) {
  return {
    status: () => db.prepare("select status from purchases where id = ?").bind(id).first("status"),
    canLearn: () => canLearn(buyer, course),
    async refunds() {
      const { results } = await db
        .prepare("select * from refunds where purchase_id = ? order by rowid")
        .bind(id)
        .all<RefundRow>();
      return results;
    },
    async disputes() {
      const { results } = await db
        .prepare("select id, status, amount_minor from disputes where purchase_id = ?")
        .bind(id)
        .all<{ id: string; status: string; amount_minor: number }>();
      return results;
    },
    /** The audit of refunds and disputes. */
    async changes() {
      const { results } = await db
        .prepare(
          "select action, changed_by from payment_changes where purchase_id = ? order by rowid",
        )
        .bind(id)
        .all<{ action: string; changed_by: string | null }>();
      return results.map(({ action, changed_by }) => (changed_by ? `${action} by admin` : action));
    },
  };
}

/** The official client for the local Stripe. */
export function stripeClient({ stripeOrigin }: Platform): Stripe {
  const { hostname, port } = new URL(stripeOrigin);
  return new Stripe(localStripeKeys.secretKey, { host: hostname, port, protocol: "http" });
}

/** What Stripe has sent back, or is about to. */
export async function refundedAtStripe(platform: Platform, paymentIntentId: string) {
  const list = await stripeClient(platform).charges.list({ payment_intent: paymentIntentId });
  return list.data.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0);
}

/** The purchase in the console, as an admin sees it. */
export async function purchasePage(admin: ConsoleUser, purchaseId: string): Promise<string> {
  const page = await admin.visit(`/admin/purchases/${purchaseId}`);
  return (await page.text()).replaceAll("<!-- -->", "");
}
