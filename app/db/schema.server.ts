import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { reconcileModes, reconcilePhases } from "../features/reconcile/run";
import { deliveryOutcomes, roles } from "../features/users/user";
import { deliveryKey, deliveryKind, roleChangeKey, userGroup, userKeys } from "./list-keys";

const oneOf = (values: readonly string[]) =>
  sql.raw(`(${values.map((value) => `'${value}'`).join(", ")})`);

/** The application's record of a person. Times are milliseconds since the epoch. DESIGN: `docs/decisions/0005-user-sync.md`. */
export const users = sqliteTable(
  "users",
  {
    id: text("id").primaryKey(),
    clerkUserId: text("clerk_user_id").notNull().unique(),
    email: text("email"),
    name: text("name").notNull(),
    imageUrl: text("image_url"),
    role: text("role", { enum: roles }).notNull().default("user"),
    clerkUpdatedAt: integer("clerk_updated_at").notNull(),
    metadataPending: integer("metadata_pending", { mode: "boolean" }).notNull().default(true),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    deletedAt: integer("deleted_at"),
    /** No push to Clerk before this time: what Clerk's Retry-After, or our own patience after a failure, asks for. */
    metadataRetryAt: integer("metadata_retry_at"),
  },
  (table) => [
    check("users_role_known", sql`${table.role} in ${oneOf(roles)}`),
    index("users_by_newest").on(sql.raw(userGroup), sql.raw(userKeys.newest)),
    index("users_by_name").on(sql.raw(userGroup), sql.raw(userKeys.name)),
    index("users_by_email").on(sql.raw(userGroup), sql.raw(userKeys.email)),
    index("users_metadata_pending")
      .on(table.metadataRetryAt)
      .where(sql`${table.metadataPending} = 1`),
  ],
);

/** One row a Svix message, whatever became of it. Holds no personal data; pruned after 30 days. */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    svixId: text("svix_id").primaryKey(),
    type: text("type").notNull(),
    clerkUserId: text("clerk_user_id"),
    outcome: text("outcome", { enum: deliveryOutcomes }).notNull(),
    attempts: integer("attempts").notNull().default(1),
    firstReceivedAt: integer("first_received_at").notNull(),
    lastReceivedAt: integer("last_received_at").notNull(),
    error: text("error"),
  },
  (table) => [
    check("webhook_deliveries_outcome_known", sql`${table.outcome} in ${oneOf(deliveryOutcomes)}`),
    index("webhook_deliveries_last_received_at").on(table.lastReceivedAt),
    index("webhook_deliveries_clerk_user_id").on(table.clerkUserId, table.lastReceivedAt),
    index("webhook_deliveries_by_outcome").on(
      table.outcome,
      sql.raw(deliveryKind),
      sql.raw(deliveryKey),
    ),
  ],
);

/** Who gave whom which role, and why. Append-only. */
export const roleChanges = sqliteTable(
  "role_changes",
  {
    id: text("id").primaryKey(),
    /** Null: granted from a terminal by whoever operates the database. */
    changedBy: text("changed_by").references(() => users.id),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    fromRole: text("from_role", { enum: roles }).notNull(),
    toRole: text("to_role", { enum: roles }).notNull(),
    reason: text("reason").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    index("role_changes_user_id").on(table.userId, table.createdAt),
    index("role_changes_changed_by").on(table.changedBy, table.createdAt),
    index("role_changes_by_newest").on(sql.raw(roleChangeKey)),
  ],
);

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
    check("reconcile_runs_mode_known", sql`${table.mode} in ${oneOf(reconcileModes)}`),
    check("reconcile_runs_phase_known", sql`${table.phase} in ${oneOf(reconcilePhases)}`),
    uniqueIndex("reconcile_runs_one_open")
      .on(sql`(finished_at is null)`)
      .where(sql`finished_at is null`),
  ],
);
