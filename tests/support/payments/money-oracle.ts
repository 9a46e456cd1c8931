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
  refunded_at: z.number().nullable(),
  /** An admin has recorded the price as paid, or accepted Stripe's money. */
  is_settled_by_hand: z.number(),
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

const disputeSchema = z.object({
  id: z.string(),
  purchase_id: z.string(),
  payment_intent_id: z.string(),
  status: z.string(),
});

const receivedSchema = z.object({ id: z.string(), received_at: z.number() });

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
    const charges = chargesOf(purchase, stripe.charges);
    const intents = new Set<unknown>(charges.map(({ payment_intent }) => payment_intent));
    const isOurs = ({ payment_intent }: { payment_intent: unknown }) => intents.has(payment_intent);
    const atStripe = refunds.filter(({ payment_intent_id }) => payment_intent_id !== null);
    expectRefunds(atStripe, stripe.refunds.filter(isOurs), text);
    const refunded = sum(charges.map(({ amount_refunded }) => amount_refunded));
    assert.equal(refundedTotal(atStripe), refunded, `total: ${text}`);
    const disputes = rows.disputes.filter(({ purchase_id }) => purchase_id === purchase.id);
    const expected = stripe.disputes.filter(isOurs).map(({ id, status }) => ({
      id,
      status: status === "needs_response" ? "open" : status,
    }));
    assert.deepEqual(
      disputes.map(({ id, status }) => ({ id, status })),
      expected,
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
  await expectTotals(platform, stripe.charges, rows);
}

/** The money that Stripe has received for an order, by its own metadata. */
const chargesOf = ({ id }: Pick<Purchase, "id">, charges: readonly Stripe.Charge[]) =>
  charges.filter(({ metadata, status }) => metadata.order === id && status === "succeeded");

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

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** The totals that the console shows are what Stripe has, and what was paid by hand. */
async function expectTotals(
  { db }: Platform,
  charges: readonly Stripe.Charge[],
  { purchases, refunds }: Pick<Rows, "purchases" | "refunds">,
): Promise<void> {
  const ours = purchases.flatMap((purchase) => chargesOf(purchase, charges));
  const byHand = purchases.filter((purchase) => isPaidByHand(purchase, charges));
  const refundedByHand = refunds.filter(({ payment_intent_id }) => payment_intent_id === null);
  const figures = db.prepare(
    `select (select coalesce(sum(amount), 0) from figures where figure = 'received' and key = 'EUR') paid,
       (select coalesce(sum(amount), 0) from figures where figure = 'refunds') refunded`,
  );
  assert.deepEqual(
    await figures.first(),
    {
      paid:
        sum(ours.map(({ amount }) => amount)) + sum(byHand.map(({ price_minor }) => price_minor)),
      refunded:
        sum(ours.map(({ amount_refunded }) => amount_refunded)) + refundedTotal(refundedByHand),
    },
    "totals",
  );
}

/** Not if an admin has accepted another amount. */
const isPaidByHand = (purchase: Purchase, charges: readonly Stripe.Charge[]) =>
  purchase.is_settled_by_hand === 1 &&
  chargesOf(purchase, charges).every(({ amount }) => amount === purchase.price_minor);

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
  /** When the site has heard of it. */
  receivedAt: number;
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
    receivedAt: received.find(({ id }) => id === payment_intent)?.received_at ?? 0,
  }));
  const byHand = {
    ...{ amount: purchase.price_minor, refunds: of(null) },
    ...{ isLost: false, receivedAt: 0 },
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
    .every(({ receivedAt }) => receivedAt >= (purchase.refunded_at ?? Number.POSITIVE_INFINITY));
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

type Rows = Awaited<ReturnType<typeof readRows>>;

async function readRows({ db }: Platform) {
  const [purchases, refunds, disputes, received] = await db.batch([
    db.prepare(
      `select p.id, p.status, price_minor, flag, attention, refunded_at,
         exists (select 1 from course_changes change where change.purchase_id = p.id
           and change.action = 'purchase-paid' and change.changed_by is not null
           and change.created_at = p.paid_at) is_settled_by_hand,
         exists (select 1 from enrollments e where e.user_id = p.user_id and e.course_id = p.course_id
           and e.revoked_at is null) is_enrolled,
         exists (select 1 from purchases other where other.user_id = p.user_id
           and other.course_id = p.course_id and other.status = 'paid') is_covered
       from purchases p join payments on purchase_id = p.id`,
    ),
    db.prepare("select * from refunds order by rowid"),
    db.prepare("select * from disputes where purchase_id is not null order by rowid"),
    db.prepare("select * from received_payments"),
  ]);
  return {
    purchases: z.array(purchaseSchema).parse(purchases?.results),
    refunds: z.array(refundSchema).parse(refunds?.results),
    disputes: z.array(disputeSchema).parse(disputes?.results),
    received: z.array(receivedSchema).parse(received?.results),
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
