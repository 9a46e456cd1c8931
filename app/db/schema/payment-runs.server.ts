import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { type PaymentDrift, paymentRunPhases, reconcileModes } from "../enums";
import { sqlList } from "./sql-list.server";

/** Progress of a comparison with Stripe, so that the next invocation can resume it. */
export const paymentRuns = sqliteTable(
  "payment_runs",
  {
    id: text("id").primaryKey(),
    mode: text("mode", { enum: reconcileModes }).notNull(),
    phase: text("phase", { enum: paymentRunPhases }).notNull().default("sessions"),
    /** The last object of the phase; empty at its start. */
    cursor: text("cursor").notNull().default(""),
    pages: integer("pages").notNull().default(0),
    checked: integer("checked").notNull().default(0),
    /** Paid at Stripe, not here; paid here, not there. */
    paidThere: integer("paid_there").notNull().default(0),
    paidHere: integer("paid_here").notNull().default(0),
    /** Refunded or disputed there, not here. */
    refundedThere: integer("refunded_there").notNull().default(0),
    disputedThere: integer("disputed_there").notNull().default(0),
    undelivered: integer("undelivered").notNull().default(0),
    /** The first differences. */
    drift: text("drift", { mode: "json" }).$type<PaymentDrift[]>().notNull().default([]),
    startedAt: integer("started_at").notNull(),
    /** The last progress. */
    updatedAt: integer("updated_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Why the last page failed; a line for each phase that was given up. */
    error: text("error"),
    /** The invocation that owns the run, and until when. */
    leaseToken: text("lease_token"),
    leaseUntil: integer("lease_until").notNull().default(0),
  },
  (table) => [
    check("payment_runs_mode_known", sql`${table.mode} in ${sqlList(reconcileModes)}`),
    check("payment_runs_phase_known", sql`${table.phase} in ${sqlList(paymentRunPhases)}`),
    uniqueIndex("payment_runs_one_open")
      .on(sql`(finished_at is null)`)
      .where(sql`finished_at is null`),
  ],
);
