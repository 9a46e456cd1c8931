import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import {
  currencies,
  disputeStatuses,
  paymentActions,
  refundDecisions,
  refundReasons,
  refundStatuses,
} from "../enums";
import { courseChangeKey } from "../sort-keys";
import { courses } from "./courses.server";
import { purchases } from "./purchases.server";
import { sqlList } from "./sql-list.server";
import { users } from "./users.server";

/** Money that goes back. What was refunded in total is always derived from these rows. */
export const refunds = sqliteTable(
  "refunds",
  {
    /** Ours is the idempotency key; refunds from Stripe's dashboard have Stripe's id. */
    id: text("id").primaryKey(),
    /** Null until the payment's order is known: events arrive in any order. */
    purchaseId: text("purchase_id").references(() => purchases.id),
    /** Null if the money goes back outside Stripe. */
    paymentIntentId: text("payment_intent_id"),
    /** Null until Stripe has answered. */
    stripeRefundId: text("stripe_refund_id").unique(),
    amountMinor: integer("amount_minor").notNull(),
    currency: text("currency", { enum: currencies }).notNull(),
    status: text("status", { enum: refundStatuses }).notNull(),
    reason: text("reason", { enum: refundReasons }),
    /** Stripe's code. */
    failureReason: text("failure_reason"),
    /** Null for refunds from Stripe's dashboard. */
    requestedBy: text("requested_by").references(() => users.id),
    decision: text("decision", { enum: refundDecisions }),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** When Stripe was last asked. */
    checkedAt: integer("checked_at").notNull(),
  },
  (table) => [
    check("refunds_status_known", sql`${table.status} in ${sqlList(refundStatuses)}`),
    check("refunds_amount_positive", sql`${table.amountMinor} > 0`),
    index("refunds_of_purchase").on(table.purchaseId),
    index("refunds_of_intent").on(table.paymentIntentId),
    index("refunds_pending").on(table.checkedAt).where(sql`status = 'pending'`),
    index("refunds_unlinked").on(table.createdAt).where(sql`purchase_id is null`),
  ],
);

/** What cardholders contest at their banks. */
export const disputes = sqliteTable(
  "disputes",
  {
    /** Stripe's. */
    id: text("id").primaryKey(),
    purchaseId: text("purchase_id").references(() => purchases.id),
    paymentIntentId: text("payment_intent_id").notNull(),
    amountMinor: integer("amount_minor").notNull(),
    currency: text("currency", { enum: currencies }).notNull(),
    /** Stripe's code, such as "fraudulent". */
    reason: text("reason").notNull(),
    status: text("status", { enum: disputeStatuses }).notNull(),
    /** Until when evidence can be sent to the bank. */
    respondBy: integer("respond_by"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    check("disputes_status_known", sql`${table.status} in ${sqlList(disputeStatuses)}`),
    index("disputes_of_purchase").on(table.purchaseId),
    index("disputes_of_intent").on(table.paymentIntentId),
    index("disputes_unlinked").on(table.createdAt).where(sql`purchase_id is null`),
  ],
);

/** Append-only: the audit of refunds and disputes. No CHECK, so that actions can be added. */
export const paymentChanges = sqliteTable(
  "payment_changes",
  {
    id: text("id").primaryKey(),
    /** Null for Stripe. */
    changedBy: text("changed_by").references(() => users.id),
    purchaseId: text("purchase_id")
      .notNull()
      .references(() => purchases.id),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    action: text("action", { enum: paymentActions }).notNull(),
    amountMinor: integer("amount_minor").notNull(),
    currency: text("currency", { enum: currencies }).notNull(),
    /** Stripe's code or the reason of an admin; no personal data. */
    detail: text("detail").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    index("payment_changes_by_newest").on(sql.raw(courseChangeKey)),
    index("payment_changes_purchase_id").on(table.purchaseId, table.createdAt),
    index("payment_changes_user_id").on(table.userId, table.createdAt),
    index("payment_changes_changed_by").on(table.changedBy, table.createdAt),
  ],
);
