import { isNotNull } from "drizzle-orm";
import { runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { type UserStore, writeCachedUser } from "./user-cache.server";

const drainLimit = 50;

/** Writes records to KV whose last write failed or may have been overtaken by an older one. */
export async function drainCacheOutbox(store: UserStore): Promise<void> {
  const pending = await runQuery(
    store.db.select().from(users).where(isNotNull(users.cachePending)).limit(drainLimit),
  );
  for (const user of pending) await writeCachedUser(store, user);
}
