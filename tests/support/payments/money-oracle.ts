import assert from "node:assert/strict";
import type Stripe from "stripe";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { forgetChecksStatements } from "../stripe-orders.ts";
import { expectTotals, isBack, isPaidByHand, isReal, refundedTotal, sum } from "./expect-totals.ts";
import {
  chargesOf,
  type Purchase,
  type RefundRow,
  type Rows,
  readRows,
  readStripe,
} from "./read-money.ts";

const maxTicks = 20;

/** Delivers what Stripe still has, reconciles and compares. No fault may be armed. */
export async function settleMoney(platform: Platform): Promise<void> {
  const { db, stripe } = platform;
  await stripe.stopChaos();
  await stripe.release();
  await platform.waitForStripe();
  const start = db
    .prepare(
      "insert or ignore into payment_runs (id, mode, started_at, updated_at) values (?1, 'repair', ?2, ?2)",
    )
    .bind(crypto.randomUUID(), Date.now());
  const advanceTime = [
    ...forgetChecksStatements(platform),
    db.prepare("update payment_runs set lease_until = 0"),
  ];
  const open = db.prepare("select count(*) n from payment_runs where finished_at is null");
  for (let tick = 0; tick === 0 || (await open.first("n")) !== 0; tick++) {
    assert.ok(tick < maxTicks, "a comparison with Stripe does not end");
    await db.batch(tick === 0 ? [start, ...advanceTime] : advanceTime);
    await platform.scheduled(crons.frequent);
  }
  await platform.waitForStripe();
}

/** D1 says of refunds and disputes what Stripe says, and access follows. */
export async function expectMoneyConverged(platform: Platform, context = ""): Promise<void> {
  const stripe = await readStripe(platform);
  const rows = await readRows(platform);
  for (const purchase of rows.purchases) {
    const text = `${context} ${JSON.stringify({ purchase, refunds: rows.refunds })}`;
    const refunds = rows.refunds.filter(({ purchase_id }) => purchase_id === purchase.id);
    const charges = chargesOf(purchase, stripe.charges);
    const intents = new Set<unknown>(charges.map(({ payment_intent }) => payment_intent));
    const isOurs = ({ payment_intent }: { payment_intent: unknown }) => intents.has(payment_intent);
    const atStripe = refunds.filter(({ payment_intent_id }) => payment_intent_id !== null);
    expectRefunds(atStripe, stripe.refunds.filter(isOurs), text);
    const refunded = sum(charges.map(({ amount_refunded }) => amount_refunded));
    assert.equal(refundedTotal(atStripe), refunded, `total: ${text}`);
    const disputes = rows.disputes.filter(({ purchase_id }) => purchase_id === purchase.id);
    // Those of two payments arrive in any order.
    const expected = stripe.disputes
      .filter(isOurs)
      .map(({ id, status }) => `${id} ${status === "needs_response" ? "open" : status}`);
    assert.deepEqual(
      disputes.map(({ id, status }) => `${id} ${status}`).toSorted(),
      expected.toSorted(),
      `disputes: ${text}`,
    );
    if (!isAccepted(purchase, charges)) {
      expectUnaccepted(purchase, charges, text);
      continue;
    }
    const payments = paymentsOf(purchase, { charges, refunds, disputes, received: rows.received });
    for (const payment of payments) expectNoExcess(payment, text);
    expectAccess(purchase, refunds, payments, text);
    expectAttention(purchase, refunds, disputes, payments, text);
  }
  expectTotals(stripe.charges, rows);
}

/** Only the price opens the course, unless an admin accepts something else. */
const isAccepted = (purchase: Purchase, charges: readonly Stripe.Charge[]) =>
  purchase.is_settled_by_hand === 1 ||
  charges.some(({ amount }) => amount === purchase.price_minor);

function expectUnaccepted(
  { status, attention, is_enrolled, is_covered }: Purchase,
  charges: readonly Stripe.Charge[],
  text: string,
): void {
  assert.ok(status === "pending" || status === "cancelled", `status: ${text}`);
  assert.equal(is_enrolled, is_covered, `access: ${text}`);
  if (charges.length > 0 && status === "pending") assert.equal(attention, 2, `attention: ${text}`);
}

/** Each refund is known with its status, and no request was made twice. */
function expectRefunds(
  rows: readonly RefundRow[],
  refunds: readonly Stripe.Refund[],
  text: string,
) {
  const real = rows.filter(({ stripe_refund_id }) => stripe_refund_id !== null);
  const ours = real.map(({ stripe_refund_id, status, amount_minor }) =>
    [stripe_refund_id, status, amount_minor].join(),
  );
  const theirs = refunds.map(({ id, status, amount }) => [id, status, amount].join());
  assert.deepEqual(ours.toSorted(), theirs.toSorted(), `refunds: ${text}`);
  for (const row of rows) {
    const made = refunds.filter(({ metadata }) => metadata?.refund === row.id);
    assert.ok(made.length <= 1, `twice: ${text}`);
    assert.equal(made[0]?.id ?? null, row.requested_by ? row.stripe_refund_id : null, text);
    if (row.stripe_refund_id === null) assert.equal(row.status, "failed", `open: ${text}`);
  }
}

interface Payment {
  amount: number;
  refunds: readonly RefundRow[];
  isLost: boolean;
  /** The site has heard of it after access had ended. */
  isLate: boolean;
}

interface Money extends Pick<Rows, "refunds" | "disputes" | "received"> {
  charges: readonly Stripe.Charge[];
}

/** What was paid at Stripe, and outside. */
function paymentsOf(purchase: Purchase, money: Money): Payment[] {
  const { charges, refunds, disputes, received } = money;
  const of = (intent: string | null) => refunds.filter((row) => row.payment_intent_id === intent);
  const atStripe = charges.map(({ amount, payment_intent }) => ({
    amount,
    refunds: of(String(payment_intent)),
    isLost: disputes.some(
      (row) => row.payment_intent_id === payment_intent && row.status === "lost",
    ),
    isLate: received.some(({ id, is_late }) => id === payment_intent && is_late === 1),
  }));
  const byHand = {
    ...{ amount: purchase.price_minor, refunds: of(null) },
    ...{ isLost: false, isLate: false },
  };
  return isPaidByHand(purchase, charges) ? [...atStripe, byHand] : atStripe;
}

/** The console never sends back more than was paid, counting what was paid back outside Stripe. */
function expectNoExcess({ amount, refunds }: Payment, text: string): void {
  if (refunds.some((row) => row.payment_intent_id !== null && row.requested_by === null)) return;
  const total = refunds
    .filter((row) => isBack(row) || row.decision === "keep-closed")
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0);
  assert.ok(total <= amount, `more than was paid: ${text}`);
}

/** Fully refunded or lost to a dispute; also if a refund failed, until an admin decides. */
function isPaymentBack({ amount, refunds, isLost }: Payment): boolean {
  const counts = ({ decision }: RefundRow) => decision === null || decision === "keep-closed";
  const total = refunds
    .filter((row) => isReal(row) && (isBack(row) || counts(row)))
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0);
  return isLost || total >= amount;
}

/** Closed once every payment is back: who has paid twice and got one back has paid once. */
function expectAccess(
  purchase: Purchase,
  refunds: readonly RefundRow[],
  payments: readonly Payment[],
  text: string,
): void {
  const isClosed = payments.every(isPaymentBack);
  // Access had ended, and Stripe refused to repeat the refund.
  const isRefused =
    refunds.some(({ decision }) => decision === "replaced") &&
    refunds.some((row) => row.stripe_refund_id === null && row.decision === null);
  // All that is left arrived after the end of access: an admin has to look.
  const isLate = payments
    .filter((payment) => !isPaymentBack(payment))
    .every((payment) => payment.isLate);
  const mayBeClosed = isRefused || isLate;
  const expected = isClosed ? "refunded" : "paid";
  if (isClosed || !mayBeClosed) assert.equal(purchase.status, expected, `status: ${text}`);
  const isOpen = purchase.status === "paid" || purchase.is_covered === 1;
  assert.equal(purchase.is_enrolled === 1, isOpen, `access: ${text}`);
}

/** Decisions of an admin come before disputes, which only wait. */
function expectAttention(
  { status, flag, attention }: Purchase,
  refunds: readonly RefundRow[],
  disputes: readonly { status: string }[],
  payments: readonly Payment[],
  text: string,
): void {
  const isUndecided = refunds.some((row) => !isBack(row) && row.decision === null);
  const isOpen = disputes.some((dispute) => dispute.status === "open");
  const left = payments.filter((payment) => !isPaymentBack(payment)).length;
  const isSettled = status === "paid" ? left <= 1 && payments.length > left : left === 0;
  if (payments.length > 1) assert.equal(flag, "second-payment", `flag: ${text}`);
  const needsDecision = isUndecided || (flag !== null && !isSettled);
  assert.equal(attention, needsDecision ? 2 : isOpen ? 1 : 0, `attention: ${text}`);
}
