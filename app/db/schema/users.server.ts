import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { deliveryOutcomes, type EndedSession, roles } from "../enums";
import { deliveryKey, deliveryKind, roleChangeKey, userKeys } from "../sort-keys";
import { userGroup } from "../user-groups";
import { sqlList } from "./sql-list.server";

/** Times are milliseconds since the epoch. See docs/decisions/0005-user-sync.md. */
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
    /** No metadata push before this time. */
    metadataRetryAt: integer("metadata_retry_at"),
    /** A revision from the future: Clerk's API has to confirm it. */
    refreshPending: integer("refresh_pending", { mode: "boolean" }).notNull().default(false),
    bannedAt: integer("banned_at"),
    /** Clerk accepts no sign-in after wrong passwords. Shown, never enforced. */
    locked: integer("locked", { mode: "boolean" }).notNull().default(false),
    endedSessions: text("ended_sessions", { mode: "json" }).$type<EndedSession[]>(),
    /** Identifies a ban, a deletion or an ended session that KV may not have yet. */
    cachePending: text("cache_pending"),
  },
  (table) => [
    check("users_role_known", sql`${table.role} in ${sqlList(roles)}`),
    index("users_by_newest").on(sql.raw(userGroup), sql.raw(userKeys.newest)),
    index("users_by_name").on(sql.raw(userGroup), sql.raw(userKeys.name)),
    index("users_by_email").on(sql.raw(userGroup), sql.raw(userKeys.email)),
    // Few users are banned, so these indexes are small.
    index("users_banned_by_newest")
      .on(sql.raw(userGroup), sql.raw(userKeys.newest))
      .where(sql`banned_at is not null`),
    index("users_banned_by_name")
      .on(sql.raw(userGroup), sql.raw(userKeys.name))
      .where(sql`banned_at is not null`),
    index("users_banned_by_email")
      .on(sql.raw(userGroup), sql.raw(userKeys.email))
      .where(sql`banned_at is not null`),
    index("users_metadata_pending")
      .on(table.metadataRetryAt)
      .where(sql`${table.metadataPending} = 1`),
    index("users_cache_pending").on(table.cachePending).where(sql`cache_pending is not null`),
  ],
);

/** One row per Svix message; no personal data, pruned after 30 days. */
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
    check(
      "webhook_deliveries_outcome_known",
      sql`${table.outcome} in ${sqlList(deliveryOutcomes)}`,
    ),
    index("webhook_deliveries_last_received_at").on(table.lastReceivedAt),
    index("webhook_deliveries_clerk_user_id").on(table.clerkUserId, table.lastReceivedAt),
    index("webhook_deliveries_by_outcome").on(
      table.outcome,
      sql.raw(deliveryKind),
      sql.raw(deliveryKey),
    ),
  ],
);

/** Append-only. */
export const roleChanges = sqliteTable(
  "role_changes",
  {
    id: text("id").primaryKey(),
    /** Null if granted from the command line. */
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
