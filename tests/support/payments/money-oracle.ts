import assert from "node:assert/strict";
import type Stripe from "stripe";
import * as z from "zod";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { stripeClient } from "../refunds.ts";
import { forgetChecks } from "../stripe-orders.ts";

const purchaseSchema = z.object({
  id: z.string(),
  status: z.string(),
  price_minor: z.number(),
  /** Null if the money did not come through Stripe. */
  payment_intent_id: z.string().nullable(),
  /** An admin has recorded the price as paid, and has not accepted Stripe's money. */
  is_paid_by_hand: z.number(),
  flag: z.string().nullable(),
  attention: z.number(),
  is_enrolled: z.number(),
  is_covered: z.number(),
});
type Purchase = z.infer<typeof purchaseSchema>;

const refundSchema = z.object({
  id: z.string(),
  purchase_id: z.string().nullable(),
  /** Null if the money goes back outside Stripe. */
  payment_intent_id: z.string().nullable(),
  stripe_refund_id: z.string().nullable(),
  amount_minor: z.number(),
  status: z.string(),
  requested_by: z.string().nullable(),
  decision: z.string().nullable(),
});
type RefundRow = z.infer<typeof refundSchema>;

const disputeSchema = z.object({ id: z.string(), purchase_id: z.string(), status: z.string() });

const maxTicks = 20;

/** Delivers what Stripe still has, and reconciles and compares without faults. */
export async function settleMoney(platform: Platform): Promise<void> {
  const { db, stripe } = platform;
  await platform.armFault(null);
  await stripe.stopChaos();
  await stripe.release();
  await platform.waitForStripe();
  await db
    .prepare(
      "insert or ignore into payment_runs (id, mode, started_at, updated_at) values (?1, 'repair', ?2, ?2)",
    )
    .bind(crypto.randomUUID(), Date.now())
    .run();
  const open = db.prepare("select count(*) n from payment_runs where finished_at is null");
  for (let tick = 0; (await open.first("n")) !== 0; tick++) {
    assert.ok(tick < maxTicks, "a comparison with Stripe does not end");
    await forgetChecks(platform);
    await db.prepare("update payment_runs set lease_until = 0").run();
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
    const isOfPayment = ({ payment_intent }: { payment_intent: unknown }) =>
      payment_intent === purchase.payment_intent_id;
    const [charge] = stripe.charges.filter(isOfPayment);
    if (charge !== undefined) {
      const ofCharge = refunds.filter(({ payment_intent_id }) => payment_intent_id !== null);
      expectRefunds(ofCharge, stripe.refunds.filter(isOfPayment), text);
      assert.equal(refundedTotal(ofCharge), charge.amount_refunded, `total: ${text}`);
    }
    const disputes = rows.disputes.filter(({ purchase_id }) => purchase_id === purchase.id);
    const expected = stripe.disputes.filter(isOfPayment).map(({ id, status }) => ({
      id,
      status: status === "needs_response" ? "open" : status,
    }));
    assert.deepEqual(
      disputes.map(({ id, status }) => ({ id, status })),
      expected,
      `disputes: ${text}`,
    );
    const isLost = disputes.some(({ status }) => status === "lost");
    const payments = paymentsOf(purchase, refunds, charge, isLost);
    for (const payment of payments) expectNoExcess(payment, text);
    expectAccess(purchase, refunds, payments, text);
    expectAttention(purchase, refunds, disputes, payments, text);
  }
  await expectTotals(platform, stripe.charges, rows);
}

/** The totals that the console shows are what Stripe has. */
async function expectTotals(
  { db }: Platform,
  charges: readonly Stripe.Charge[],
  { purchases, refunds }: Pick<Rows, "purchases" | "refunds">,
): Promise<void> {
  const byHand = refunds.filter(({ payment_intent_id }) => payment_intent_id === null);
  const ids = new Set(purchases.map(({ payment_intent_id }) => payment_intent_id));
  const ours = charges.filter(({ payment_intent }) => ids.has(String(payment_intent)));
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const figures = db.prepare(
    `select (select coalesce(sum(amount), 0) from figures where figure = 'orders' and key in ('EUR paid', 'EUR refunded')) paid,
       (select coalesce(sum(amount), 0) from figures where figure = 'refunds') refunded`,
  );
  assert.deepEqual(
    await figures.first(),
    {
      paid: sum(purchases.map(({ price_minor }) => price_minor)),
      refunded: sum(ours.map(({ amount_refunded }) => amount_refunded)) + refundedTotal(byHand),
    },
    "totals",
  );
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

/** Known to Stripe, or recorded by hand. */
const isReal = ({ stripe_refund_id, status }: RefundRow) =>
  stripe_refund_id !== null || status === "succeeded";

const isBack = ({ status }: RefundRow) => status === "pending" || status === "succeeded";

const refundedTotal = (rows: readonly RefundRow[]) =>
  rows
    .filter((row) => isBack(row) && isReal(row))
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0);

interface Payment {
  amount: number;
  refunds: readonly RefundRow[];
  isLost: boolean;
}

/** What was paid at Stripe, and outside. */
function paymentsOf(
  { price_minor, is_paid_by_hand, payment_intent_id }: Purchase,
  refunds: readonly RefundRow[],
  charge: Stripe.Charge | undefined,
  isLost: boolean,
): Payment[] {
  const of = (intent: string | null) => refunds.filter((row) => row.payment_intent_id === intent);
  const isDouble = is_paid_by_hand === 1 && charge?.amount === price_minor;
  const byHand = { amount: price_minor, refunds: of(null), isLost: false };
  if (charge === undefined) return [byHand];
  const atStripe = { amount: charge.amount, refunds: of(payment_intent_id), isLost };
  return isDouble ? [atStripe, byHand] : [atStripe];
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
  // The other money arrived after the end of access: an admin has to look.
  const isLate = payments.length === 2 && payments.some(isPaymentBack);
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
  const isOneBack = payments.length === 2 && payments.some(isPaymentBack);
  const isSettled = status === "paid" ? isOneBack : payments.every(isPaymentBack);
  const needsDecision = isUndecided || (flag !== null && !isSettled);
  assert.equal(attention, needsDecision ? 2 : isOpen ? 1 : 0, `attention: ${text}`);
}

type Rows = Awaited<ReturnType<typeof readRows>>;

async function readRows({ db }: Platform) {
  const [purchases, refunds, disputes] = await db.batch([
    db.prepare(
      `select p.id, p.status, price_minor, flag, attention, iif(state = 'paid', payment_intent_id, null) payment_intent_id,
         exists (select 1 from course_changes change where change.purchase_id = p.id
           and change.action = 'purchase-paid' and change.changed_by is not null
           and change.created_at = p.paid_at) is_paid_by_hand,
         exists (select 1 from enrollments e where e.user_id = p.user_id and e.course_id = p.course_id
           and e.revoked_at is null) is_enrolled,
         exists (select 1 from purchases other where other.user_id = p.user_id
           and other.course_id = p.course_id and other.status = 'paid') is_covered
       from purchases p join payments on purchase_id = p.id where p.status in ('paid', 'refunded') or state = 'paid'`,
    ),
    db.prepare("select * from refunds order by rowid"),
    db.prepare("select * from disputes where purchase_id is not null order by rowid"),
  ]);
  return {
    purchases: z.array(purchaseSchema).parse(purchases?.results),
    refunds: z.array(refundSchema).parse(refunds?.results),
    disputes: z.array(disputeSchema).parse(disputes?.results),
  };
}

async function readStripe(platform: Platform) {
  const stripe = stripeClient(platform);
  const all = async <Item>(list: AsyncIterable<Item>): Promise<Item[]> => {
    const items: Item[] = [];
    for await (const item of list) items.push(item);
    return items.reverse();
  };
  return {
    charges: await all(stripe.charges.list({ limit: 100 })),
    refunds: await all(stripe.refunds.list({ limit: 100 })),
    disputes: await all(stripe.disputes.list({ limit: 100 })),
  };
}
