import { desc, eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import { toPage } from "~/db/keyset-pagination.server";
import { purchases, users, webhookDeliveries } from "~/db/schema.server";
import { purchaseKey } from "~/db/sort-keys";
import { selectRoleChanges } from "~/features/users/change-role.server";
import { selectRecentEntries, toRecentEntries } from "./audit-log.server";
import { selectCourseSuggestions, selectUserCourses } from "./user-courses.server";

const limits = { roleChanges: 20, purchases: 10, deliveries: 10, audit: 10 };

/** Everything about one user, or null. Only the courses have pages. */
export async function findUserDetails(db: Database, id: string, cursor: Cursor) {
  const [roleQuery, courseQuery, paymentQuery] = selectRecentEntries(db, id, limits.audit);
  const [[user], courses, suggestions, history, bought, deliveries, ...audit] = await runQuery(
    db.batch([
      db.select().from(users).where(eq(users.id, id)),
      selectUserCourses(db, id, cursor),
      selectCourseSuggestions(db),
      selectRoleChanges(db, id, limits.roleChanges),
      selectPurchases(db, id),
      selectDeliveries(db, id),
      roleQuery,
      courseQuery,
      paymentQuery,
    ]),
  );
  if (!user) return null;
  return {
    user,
    courses: toPage(courses, cursor),
    suggestions,
    history,
    purchases: bought.slice(0, limits.purchases),
    hasMorePurchases: bought.length > limits.purchases,
    deliveries,
    audit: toRecentEntries(audit, limits.audit),
  };
}

function selectPurchases(db: Database, userId: string) {
  return db
    .select({
      id: purchases.id,
      snapshot: purchases.snapshot,
      priceMinor: purchases.priceMinor,
      currency: purchases.currency,
      status: purchases.status,
      reference: purchases.providerReference,
      createdAt: purchases.createdAt,
    })
    .from(purchases)
    .where(eq(purchases.userId, userId))
    .orderBy(sql`${sql.raw(purchaseKey)} desc`)
    .limit(limits.purchases + 1);
}

function selectDeliveries(db: Database, userId: string) {
  const clerkUserId = sql`(select ${users.clerkUserId} from ${users} where ${users.id} = ${userId})`;
  return db
    .select()
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.clerkUserId, clerkUserId))
    .orderBy(desc(webhookDeliveries.lastReceivedAt))
    .limit(limits.deliveries);
}
