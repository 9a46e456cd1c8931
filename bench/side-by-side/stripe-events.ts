import Stripe from "stripe";
import { localStripeKeys } from "../../tests/stripe/environment.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import type { Lane } from "./scenarios.ts";
import type { Site } from "./sites.ts";

/** Orders so far, per site: each is of another user or course. */
const orderCounts = new WeakMap<Site, number>();
/** The first courses are those in which every user is enrolled. */
const firstCourse = 4;
const priceMinor = 2_900;

/** Inserts orders and prepares an event for each of them. */
export async function prepareStripeEvents(
  lane: Lane,
  site: Site,
  count: number,
): Promise<PreparedRequest[]> {
  const first = orderCounts.get(site) ?? 0;
  orderCounts.set(site, first + count);
  await insertOrders(site, first, count);
  return Array.from({ length: count }, (_, i) => {
    const payload = completedSession(first + i);
    const secret = localStripeKeys.webhookSecret;
    return {
      method: "POST",
      path: lane.path,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Stripe-Signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }),
      },
      body: payload,
    };
  });
}

const orderId = (index: number) => `order-${index}`;
const sessionId = (index: number) => `cs_test_${index}`;

async function insertOrders({ db }: Site, first: number, count: number): Promise<void> {
  const indexes = JSON.stringify(Array.from({ length: count }, (_, i) => first + i));
  const users = "(select id, row_number() over (order by id) - 1 number from users)";
  await db.batch([
    db
      .prepare(
        `insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
         select 'order-' || value, buyer.id, course.id, ${priceMinor}, 'EUR', '{}', 'pending', 'stripe', 'CP-' || value, 1700000000000 + value
         from json_each(?) join (select count(*) n from users) total
           join ${users} buyer on buyer.number = value % total.n
           join courses course on course.slug = 'course-' || (${firstCourse} + value / total.n)`,
      )
      .bind(indexes),
    db
      .prepare(
        `insert into payments (purchase_id, livemode, state, attempt, expires_at, session_id, checked_at)
         select 'order-' || value, 0, 'open', 1, 1, 'cs_test_' || value, 1 from json_each(?)`,
      )
      .bind(indexes),
  ]);
}

/** With the payment method, which Stripe's API is asked about otherwise. */
function completedSession(index: number): string {
  const event = {
    id: `evt_${index}`,
    object: "event",
    api_version: "2026-10-28.endive",
    created: Math.floor(Date.now() / 1000),
    type: "checkout.session.completed",
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: {
      object: {
        id: sessionId(index),
        object: "checkout.session",
        client_reference_id: orderId(index),
        metadata: { order: orderId(index) },
        livemode: false,
        status: "complete",
        payment_status: "paid",
        amount_subtotal: priceMinor,
        amount_total: priceMinor,
        currency: "eur",
        total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
        payment_intent: {
          id: `pi_${index}`,
          object: "payment_intent",
          status: "succeeded",
          latest_charge: {
            id: `ch_${index}`,
            object: "charge",
            payment_method_details: { type: "card", card: { brand: "visa", last4: "4242" } },
          },
        },
        url: null,
      },
    },
  };
  return JSON.stringify(event, null, 2);
}
