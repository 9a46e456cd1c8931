import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { reconcileModes, reconcilePhases } from "../enums";
import { sqlList } from "./sql-list.server";

/** Progress of a reconcile, so that the next invocation can resume it. */
export const reconcileRuns = sqliteTable(
  "reconcile_runs",
  {
    id: text("id").primaryKey(),
    mode: text("mode", { enum: reconcileModes }).notNull(),
    allowMassDeletion: integer("allow_mass_deletion", { mode: "boolean" }).notNull().default(false),
    /** Accepts another Clerk instance than the stored one, and stores it. */
    adoptInstance: integer("adopt_instance", { mode: "boolean" }).notNull().default(false),
    phase: text("phase", { enum: reconcilePhases }).notNull().default("clerk-users"),
    /** An offset in Clerk's list, then the last compared Clerk id. */
    cursor: text("cursor").notNull().default("0"),
    /** Number of Clerk users at the start; null until counted. */
    total: integer("total"),
    pages: integer("pages").notNull().default(0),
    usersChecked: integer("users_checked").notNull().default(0),
    rowsChecked: integer("rows_checked").notNull().default(0),
    /** Users without a row, outdated rows, wrong metadata, rows without a Clerk user. */
    missing: integer("missing").notNull().default(0),
    outdated: integer("outdated").notNull().default(0),
    metadataWrong: integer("metadata_wrong").notNull().default(0),
    missingInClerk: integer("gone").notNull().default(0),
    /** Clerk users with a tombstone: only reported, since deletion wins. */
    tombstoned: integer("tombstoned").notNull().default(0),
    startedAt: integer("started_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Why the last page failed or the run stopped. */
    error: text("error"),
    /** The invocation that owns the run, and until when. */
    leaseToken: text("lease_token"),
    leaseUntil: integer("lease_until").notNull().default(0),
    /** Rows whose revision Clerk does not have, such as one from the future. */
    ahead: integer("ahead").notNull().default(0),
  },
  (table) => [
    check("reconcile_runs_mode_known", sql`${table.mode} in ${sqlList(reconcileModes)}`),
    check("reconcile_runs_phase_known", sql`${table.phase} in ${sqlList(reconcilePhases)}`),
    uniqueIndex("reconcile_runs_one_open")
      .on(sql`(finished_at is null)`)
      .where(sql`finished_at is null`),
  ],
);

/** The Clerk instance of this database's users: one row, stored by the first reconcile. */
export const clerkInstance = sqliteTable(
  "clerk_instance",
  {
    onlyRow: integer("only_row").primaryKey(),
    instanceId: text("instance_id").notNull(),
    storedAt: integer("stored_at").notNull(),
  },
  (table) => [check("clerk_instance_only_row", sql`${table.onlyRow} = 1`)],
);
