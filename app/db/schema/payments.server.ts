import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { currencies, paymentFlags, paymentStates, stripeEventOutcomes } from "../enums";
import { stripeEventKey } from "../sort-keys";
import { purchases } from "./purchases.server";
import { sqlList } from "./sql-list.server";
import { users } from "./users.server";

/** What Stripe says about a purchase. Times are milliseconds since the epoch. */
export const payments = sqliteTable(
  "payments",
  {
    purchaseId: text("purchase_id")
      .primaryKey()
      .references(() => purchases.id),
    livemode: integer("livemode", { mode: "boolean" }).notNull(),
    state: text("state", { enum: paymentStates }).notNull().default("open"),
    /** With the purchase, the idempotency key of the session; stored before the call. */
    attempt: integer("attempt").notNull().default(1),
    /** When the session of this attempt expires. */
    expiresAt: integer("expires_at").notNull(),
    /** The Checkout Session; null until Stripe has answered. */
    sessionId: text("session_id").unique(),
    paymentIntentId: text("payment_intent_id"),
    /** Included in the price; null unless Stripe computed it. */
    taxMinor: integer("tax_minor"),
    /** Such as "Visa ending in 4242". */
    method: text("method"),
    flag: text("flag", { enum: paymentFlags }),
    /** When Stripe was last asked. */
    checkedAt: integer("checked_at").notNull(),
    /** Who has closed the payment page; stored before Stripe reports that it has expired. */
    canceledBy: text("canceled_by").references(() => users.id),
    /** Replaced by `received_payments`. */
    paidMinor: integer("paid_minor"),
    isPaidOutside: integer("is_paid_outside", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    check("payments_state_known", sql`${table.state} in ${sqlList(paymentStates)}`),
    check(
      "payments_flag_known",
      sql`${table.flag} is null or ${table.flag} in ${sqlList(paymentFlags)}`,
    ),
    index("payments_unsettled").on(table.checkedAt).where(sql`state in ('open', 'processing')`),
    index("payments_of_intent").on(table.paymentIntentId),
    index("payments_without_method")
      .on(table.checkedAt)
      .where(sql`state = 'paid' and method is null`),
    index("payments_flagged").on(table.flag).where(sql`flag is not null`),
  ],
);

/** What Stripe has received for a purchase, whatever the amount; almost always one payment. */
export const receivedPayments = sqliteTable(
  "received_payments",
  {
    /** Stripe's payment; its session if the payment is not known, or if nothing was to pay. */
    id: text("id").primaryKey(),
    purchaseId: text("purchase_id")
      .notNull()
      .references(() => purchases.id),
    amountMinor: integer("amount_minor").notNull(),
    currency: text("currency", { enum: currencies }).notNull(),
    receivedAt: integer("received_at").notNull(),
  },
  (table) => [index("received_payments_of_purchase").on(table.purchaseId)],
);

/** One row per event; no personal data, pruned after 30 days. */
export const stripeEvents = sqliteTable(
  "stripe_events",
  {
    id: text("id").primaryKey(),
    type: text("type").notNull(),
    sessionId: text("session_id"),
    outcome: text("outcome", { enum: stripeEventOutcomes }).notNull(),
    attempts: integer("attempts").notNull().default(1),
    firstReceivedAt: integer("first_received_at").notNull(),
    lastReceivedAt: integer("last_received_at").notNull(),
    error: text("error"),
  },
  (table) => [
    check("stripe_events_outcome_known", sql`${table.outcome} in ${sqlList(stripeEventOutcomes)}`),
    index("stripe_events_last_received_at").on(table.lastReceivedAt),
    index("stripe_events_by_outcome").on(table.outcome, sql.raw(stripeEventKey)),
    index("stripe_events_unmatched").on(table.lastReceivedAt).where(sql`outcome = 'unmatched'`),
  ],
);
