import { desc, eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { users, webhookDeliveries } from "~/db/schema.server";
import { selectRoleChanges } from "~/features/users/change-role.server";

const limits = { roleChanges: 50, deliveries: 20 };

/** Finds a user with their role history and latest webhook deliveries, or null. */
export async function findUserDetails(db: Database, id: string) {
  const clerkUserId = sql`(select ${users.clerkUserId} from ${users} where ${users.id} = ${id})`;
  const [[user], history, deliveries] = await runQuery(
    db.batch([
      db.select().from(users).where(eq(users.id, id)),
      selectRoleChanges(db, id, limits.roleChanges),
      db
        .select()
        .from(webhookDeliveries)
        .where(eq(webhookDeliveries.clerkUserId, clerkUserId))
        .orderBy(desc(webhookDeliveries.lastReceivedAt))
        .limit(limits.deliveries),
    ]),
  );
  return user ? { user, history, deliveries } : null;
}
