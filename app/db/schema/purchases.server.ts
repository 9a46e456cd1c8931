import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { currencies, type PurchaseSnapshot, purchaseStatuses } from "../enums";
import { attentionKey, purchaseKey } from "../sort-keys";
import { courses } from "./courses.server";
import { sqlList } from "./sql-list.server";
import { users } from "./users.server";

/** Never deleted; for a deleted user only the id remains. */
export const purchases = sqliteTable(
  "purchases",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    courseId: text("course_id")
      .notNull()
      .references(() => courses.id),
    /** At the time of the order, in the currency's smallest unit. */
    priceMinor: integer("price_minor").notNull(),
    currency: text("currency", { enum: currencies }).notNull(),
    snapshot: text("snapshot", { mode: "json" }).$type<PurchaseSnapshot>().notNull(),
    status: text("status", { enum: purchaseStatuses }).notNull(),
    provider: text("provider").notNull(),
    providerReference: text("provider_reference").notNull().unique(),
    createdAt: integer("created_at").notNull(),
    paidAt: integer("paid_at"),
    cancelledAt: integer("cancelled_at"),
    refundedAt: integer("refunded_at"),
    /** What an admin has to look at, of `attentionLevels`; 0 for nothing. Derived. */
    attention: integer("attention").notNull().default(0),
  },
  (table) => [
    check("purchases_status_known", sql`${table.status} in ${sqlList(purchaseStatuses)}`),
    check("purchases_currency_known", sql`${table.currency} in ${sqlList(currencies)}`),
    check("purchases_price_positive", sql`${table.priceMinor} > 0`),
    uniqueIndex("purchases_one_pending")
      .on(table.userId, table.courseId)
      .where(sql`status = 'pending'`),
    index("purchases_of_user").on(table.userId, sql.raw(purchaseKey)),
    index("purchases_by_status").on(table.status, sql.raw(purchaseKey)),
    index("purchases_of_course").on(table.courseId, table.userId),
    index("purchases_needing_attention").on(sql.raw(attentionKey)).where(sql`attention > 0`),
  ],
);
