import { desc, isNotNull } from "drizzle-orm";
import { runQuery } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { type UserStore, writeCachedUser } from "./user-cache.server";

const drainLimit = 50;

/**
 * Writes records to KV whose last write failed, may have been overtaken by an older one, or was
 * left to the outbox. The latest changes come first, so that they do not wait for a mass deletion.
 */
export async function drainCacheOutbox(store: UserStore): Promise<void> {
  const pending = await runQuery(
    store.db
      .select()
      .from(users)
      .where(isNotNull(users.cachePending))
      .orderBy(desc(users.cachePending))
      .limit(drainLimit),
  );
  for (const user of pending) await writeCachedUser(store, user);
}
