import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { lacksAdminQuery } from "~/db/user-groups";
import type { Log } from "~/log/log.server";

/** Nobody can prevent Clerk from banning or deleting the last admin. */
export async function reportMissingAdmin({ db, log }: { db: Database; log: Log }): Promise<void> {
  const [row] = await runQuery(db.all<{ lacksAdmin: number }>(sql.raw(lacksAdminQuery)));
  if (row?.lacksAdmin !== 1) return;
  const message = "No active admin is left. `npm run admin:grant` makes a user an admin.";
  log("admin.none_left", { error: "NoActiveAdmin", message });
}
