import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { reconcileModes, reconcilePhases } from "../enums";
import { sqlList } from "./sql-list.server";

/** How far a comparison of all of Clerk's users with all rows has come, so that the next invocation can go on. */
export const reconcileRuns = sqliteTable(
  "reconcile_runs",
  {
    id: text("id").primaryKey(),
    mode: text("mode", { enum: reconcileModes }).notNull(),
    allowMassDeletion: integer("allow_mass_deletion", { mode: "boolean" }).notNull().default(false),
    phase: text("phase", { enum: reconcilePhases }).notNull().default("clerk-users"),
    /** Where the next page starts: an offset in Clerk's list, then the last Clerk id among the rows. */
    cursor: text("cursor").notNull().default("0"),
    /** How many users Clerk had when the run began; null until it was asked. */
    total: integer("total"),
    pages: integer("pages").notNull().default(0),
    /** Users of Clerk compared, and rows compared. */
    usersChecked: integer("users_checked").notNull().default(0),
    rowsChecked: integer("rows_checked").notNull().default(0),
    /** What was found to differ: users with no row, rows behind Clerk, metadata unlike the row, rows Clerk no longer has. */
    missing: integer("missing").notNull().default(0),
    outdated: integer("outdated").notNull().default(0),
    metadataWrong: integer("metadata_wrong").notNull().default(0),
    gone: integer("gone").notNull().default(0),
    /** Users of Clerk whose row is a tombstone. Deletion wins: these are only reported. */
    tombstoned: integer("tombstoned").notNull().default(0),
    startedAt: integer("started_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Why the last page could not be done, or why the run was given up. */
    error: text("error"),
    /** Who works on it now and until when the others keep away. */
    leaseToken: text("lease_token"),
    leaseUntil: integer("lease_until").notNull().default(0),
  },
  (table) => [
    check("reconcile_runs_mode_known", sql`${table.mode} in ${sqlList(reconcileModes)}`),
    check("reconcile_runs_phase_known", sql`${table.phase} in ${sqlList(reconcilePhases)}`),
    uniqueIndex("reconcile_runs_one_open")
      .on(sql`(finished_at is null)`)
      .where(sql`finished_at is null`),
  ],
);
