import assert from "node:assert/strict";
import type { Platform } from "../platform.ts";
import {
  type Change,
  type Order,
  readChanges,
  readOrders,
  readSessions,
  type Session,
} from "./read-state.ts";

/** D1 says of every order what Stripe says, access follows the money, and the audit is complete. */
export async function expectPaymentsConverged(
  platform: Platform,
  context = "",
): Promise<{ orders: Order[]; sessions: Session[] }> {
  const sessions = await readSessions(platform);
  const orders = await readOrders(platform);
  for (const order of orders) {
    const own = sessions.filter(({ client_reference_id }) => client_reference_id === order.id);
    expectOrder(order, own, `${context} order ${order.id}: ${JSON.stringify(order)}`);
  }
  for (const { id, client_reference_id: orderId } of sessions)
    assert.ok(
      orders.some((order) => order.id === orderId),
      `${context} ${id} has no order`,
    );
  const pairs = Object.values(Object.groupBy(orders, pairOf));
  for (const group of pairs) expectAccess(group ?? [], context);
  expectAudit(orders, await readChanges(platform), context);
  return { orders, sessions };
}

const pairOf = ({ user_id, course_id }: Order) => `${user_id} ${course_id}`;

function expectOrder(order: Order, sessions: readonly Session[], text: string): void {
  assert.deepEqual([order.status, order.state], expectedStates(order, sessions), text);
  assert.equal(order.paid_at !== null, order.status === "paid", text);
  assert.equal(order.cancelled_at !== null, order.status === "cancelled", text);
  if (order.status === "paid") assert.notEqual(order.method, null, text);
  if (order.status !== "paid") assert.equal(order.flag, null, text);
  for (const { amount_subtotal, currency } of sessions) {
    const price = [order.price_minor, order.currency];
    assert.deepEqual([amount_subtotal, currency?.toUpperCase()], price, text);
  }
}

function expectedStates(order: Order, sessions: readonly Session[]): string[] {
  if (sessions.some(({ payment_status }) => payment_status === "paid")) return ["paid", "paid"];
  const current = sessions.find(({ id }) => id === order.session_id);
  // Also if time has passed meanwhile: the end names the person.
  const ended = order.canceled_by === null ? "expired" : "canceled";
  if (current === undefined) {
    // A cancellation that failed before it changed the order can be repeated until time has passed.
    const isWaiting = order.expires_at > Date.now() && order.state !== "canceled";
    return isWaiting ? ["pending", "open"] : ["cancelled", ended];
  }
  if (current.status === "open") return ["pending", "open"];
  if (current.status === "expired") return ["cancelled", ended];
  const intent = current.payment_intent;
  const isProcessing = typeof intent === "object" && intent?.status === "processing";
  return isProcessing ? ["pending", "processing"] : ["cancelled", "failed"];
}

/** Everyone who paid has access, nobody else does, and nobody pays twice. */
function expectAccess(orders: readonly Order[], context: string): void {
  const text = `${context} orders ${JSON.stringify(orders)}`;
  const count = (status: string) => orders.filter((order) => order.status === status).length;
  const entitles = ({ status, flag }: Order) => status === "paid" && flag !== "deleted-user";
  assert.equal(orders[0]?.is_enrolled === 1, orders.some(entitles), text);
  assert.ok(count("paid") <= 1, text);
  assert.ok(count("pending") <= 1, text);
}

/** Exactly one entry for each order that has ended, and none for others. */
function expectAudit(orders: readonly Order[], changes: readonly Change[], context: string): void {
  const expected = orders.flatMap((order) => {
    const entry = expectedEntry(order);
    return entry === null ? [] : [`${pairOf(order)} ${entry}`];
  });
  const actual = changes.map(
    ({ user_id, course_id, action, detail, changed_by }) =>
      `${user_id} ${course_id} ${action} "${detail}" by ${changed_by}`,
  );
  assert.deepEqual(actual.toSorted(), expected.toSorted(), `${context} audit`);
}

function expectedEntry({ status, state, session_id, canceled_by }: Order): string | null {
  if (status === "pending") return null;
  if (status === "paid") return 'purchase-paid "Stripe: paid" by null';
  if (state === "canceled") return `purchase-cancelled "" by ${canceled_by}`;
  const detail = session_id === null ? "" : `Stripe: ${state}`;
  return `purchase-cancelled "${detail}" by null`;
}
