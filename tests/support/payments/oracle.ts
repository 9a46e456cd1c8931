import assert from "node:assert/strict";
import Stripe from "stripe";
import * as z from "zod";
import { localStripeKeys } from "../../stripe/environment.ts";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { forgetChecks } from "../stripe-orders.ts";

const orderSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  course_id: z.string(),
  status: z.string(),
  state: z.string(),
  session_id: z.string().nullable(),
  is_deleted: z.number(),
  is_enrolled: z.number(),
  paid_changes: z.number(),
  canceled_changes: z.number(),
});
type Order = z.infer<typeof orderSchema>;

const ticks = 3;

/** Lets Stripe deliver what it still has, and reconciles without faults. */
export async function reconcileAll(platform: Platform): Promise<void> {
  await platform.armFault(null);
  await platform.stripe.stopChaos();
  await platform.stripe.release();
  for (let tick = 0; tick < ticks; tick++) {
    await platform.waitForStripe();
    await forgetChecks(platform);
    await platform.scheduled(crons.frequent);
  }
  await platform.waitForStripe();
}

/** Forgets all orders, payments and events. */
export async function deletePayments({ db }: Platform): Promise<void> {
  for (const table of [
    ...["payment_runs", "payment_changes", "refunds", "disputes"],
    ...["payments", "stripe_events", "enrollments", "purchases", "course_changes"],
  ])
    await db.exec(`delete from ${table}`);
}

async function readOrders({ db }: Platform): Promise<Order[]> {
  const changes = (action: string) =>
    `(select count(*) from course_changes c where c.user_id = p.user_id and c.course_id = p.course_id
       and c.action = '${action}')`;
  const { results } = await db
    .prepare(
      `select p.id, p.user_id, p.course_id, p.status, state, session_id, u.deleted_at is not null is_deleted,
         exists (select 1 from enrollments e where e.user_id = p.user_id and e.course_id = p.course_id
           and e.revoked_at is null) is_enrolled,
         ${changes("purchase-paid")} paid_changes, ${changes("purchase-cancelled")} canceled_changes
       from purchases p join payments on purchase_id = p.id join users u on u.id = p.user_id
       order by p.rowid`,
    )
    .all();
  return z.array(orderSchema).parse(results);
}

type Session = Stripe.Checkout.Session;

async function readSessions({ stripeOrigin }: Platform): Promise<Session[]> {
  const { hostname, port } = new URL(stripeOrigin);
  const stripe = new Stripe(localStripeKeys.secretKey, { host: hostname, port, protocol: "http" });
  const sessions: Session[] = [];
  const list = stripe.checkout.sessions.list({ limit: 100, expand: ["data.payment_intent"] });
  for await (const session of list) sessions.push(session);
  return sessions;
}

/** D1 says of every order what Stripe says, and access follows the money. */
export async function expectPaymentsConverged(platform: Platform, context = ""): Promise<void> {
  const sessions = await readSessions(platform);
  const orders = await readOrders(platform);
  for (const order of orders) {
    const own = sessions.filter(({ client_reference_id }) => client_reference_id === order.id);
    const text = `${context} order ${order.id}: ${JSON.stringify(order)}`;
    assert.deepEqual([order.status, order.state], expectedStates(order, own), text);
  }
  for (const group of Object.values(Object.groupBy(orders, ownerOf)))
    expectAccess(group ?? [], context);
}

const ownerOf = ({ user_id, course_id }: Order) => `${user_id} ${course_id}`;

function expectedStates(order: Order, sessions: Session[]): string[] {
  if (sessions.some(({ payment_status }) => payment_status === "paid")) return ["paid", "paid"];
  const current = sessions.find(({ id }) => id === order.session_id);
  // Ended by the buyer, or by time before Stripe's answer was stored.
  const ended = ["canceled", "expired"].includes(order.state) ? order.state : "expired";
  if (current === undefined)
    return order.state === "open" ? ["pending", "open"] : ["cancelled", ended];
  if (current.status === "open") return ["pending", "open"];
  if (current.status === "expired") return ["cancelled", ended];
  const intent = current.payment_intent;
  const isProcessing = typeof intent === "object" && intent?.status === "processing";
  return isProcessing ? ["pending", "processing"] : ["cancelled", "failed"];
}

/** Everyone who paid has access, nobody else does, and the audit names each payment once. */
function expectAccess(orders: readonly Order[], context: string): void {
  const [first] = orders;
  if (first === undefined) return;
  const text = `${context} orders ${JSON.stringify(orders)}`;
  const paid = orders.filter(({ status }) => status === "paid").length;
  if (!first.is_deleted) assert.equal(Boolean(first.is_enrolled), paid > 0, text);
  if (paid === 0) assert.equal(Boolean(first.is_enrolled), false, text);
  assert.equal(first.paid_changes, paid, text);
  const canceled = orders.filter(({ status }) => status === "cancelled").length;
  assert.ok(first.canceled_changes >= canceled, text);
  assert.ok(first.canceled_changes <= orders.length, text);
  const pending = orders.filter(({ status }) => status === "pending").length;
  assert.ok(pending <= 1, text);
}
