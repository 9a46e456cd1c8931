import type Stripe from "stripe";
import * as z from "zod";
import type { Platform } from "../platform.ts";
import { stripeClient } from "../refunds.ts";

const purchaseSchema = z.object({
  id: z.string(),
  status: z.string(),
  price_minor: z.number(),
  /** An admin has recorded the price as paid, or accepted Stripe's money. */
  is_settled_by_hand: z.number(),
  flag: z.string().nullable(),
  attention: z.number(),
  is_enrolled: z.number(),
  is_covered: z.number(),
});
export type Purchase = z.infer<typeof purchaseSchema>;

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
export type RefundRow = z.infer<typeof refundSchema>;

const disputeSchema = z.object({
  id: z.string(),
  purchase_id: z.string(),
  payment_intent_id: z.string(),
  status: z.string(),
});

const receivedSchema = z.object({ id: z.string(), is_late: z.number().nullable() });

/**
 * Remembers in which order money arrived and access ended: times of concurrent requests do not say.
 * Must come before the first order.
 */
export async function logMoney({ db }: Platform): Promise<void> {
  await db.batch(
    [
      "create table money_log (seq integer primary key, purchase_id text, received_id text)",
      `create trigger log_received after insert on received_payments begin
         insert into money_log (purchase_id, received_id) values (new.purchase_id, new.id); end`,
      `create trigger log_ended after update of status on purchases when new.status = 'refunded' begin
         insert into money_log (purchase_id) values (new.id); end`,
    ].map((sql) => db.prepare(sql)),
  );
}

export type Rows = Awaited<ReturnType<typeof readRows>>;

/** What D1 says. */
export async function readRows({ db }: Platform) {
  const [purchases, refunds, disputes, received, totals] = await db.batch([
    db.prepare(
      `select p.id, p.status, price_minor, flag, attention,
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
    db.prepare(
      `select id, (select max(seq) from money_log where received_id = received_payments.id) >
         (select max(seq) from money_log ended where ended.purchase_id = received_payments.purchase_id and received_id is null) is_late
       from received_payments`,
    ),
    db.prepare(
      `select (select coalesce(sum(amount), 0) from figures where figure = 'received' and key = 'EUR') paid,
         (select coalesce(sum(amount), 0) from figures where figure = 'refunds') refunded`,
    ),
  ]);
  return {
    purchases: z.array(purchaseSchema).parse(purchases?.results),
    refunds: z.array(refundSchema).parse(refunds?.results),
    disputes: z.array(disputeSchema).parse(disputes?.results),
    received: z.array(receivedSchema).parse(received?.results),
    /** What the console shows. */
    totals: totals?.results[0],
  };
}

/** What Stripe says. */
export async function readStripe(platform: Platform) {
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

/** The money that Stripe has received for an order, by its own metadata. */
export const chargesOf = ({ id }: Pick<Purchase, "id">, charges: readonly Stripe.Charge[]) =>
  charges.filter(({ metadata, status }) => metadata.order === id && status === "succeeded");
