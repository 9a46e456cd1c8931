import { eq, type SQL, sql } from "drizzle-orm";
import { readThrough } from "~/cache/read-through.server";
import { type Database, runQuery } from "~/db/client.server";
import { purchases, reconcileRuns, users } from "~/db/schema.server";
import type { UserStore } from "~/features/users/user-cache.server";
import { countFigures } from "./count-figures.server";
import { type OverviewFigures, overviewSchema } from "./overview-figures";

const countLimit = 1_000;

const cacheEntry = { key: "admin-figures:v2", schema: overviewSchema, ttlSeconds: 300 };

/** The figures are counted at most every five minutes; what waits for an admin is current. */
export async function loadOverview(store: UserStore, now: number) {
  const { db } = store;
  const [figures, [[orders], [pushes], [latestRun = null]]] = await Promise.all([
    readThrough<OverviewFigures>(store, cacheEntry, () => countFigures(db, now), store.waitUntil),
    runQuery(
      db.batch([
        countUpToLimit(db, sql`${purchases} where ${eq(purchases.status, "pending")}`),
        countUpToLimit(db, sql`${users} where metadata_pending = 1`),
        db.select().from(reconcileRuns).orderBy(sql`id desc`).limit(1),
      ]),
    ),
  ]);
  if (!figures) throw new Error("Counting returned no result");
  return {
    figures,
    waitingOrders: toLimitedCount(orders?.n),
    pendingPushes: toLimitedCount(pushes?.n),
    latestRun,
  };
}

function countUpToLimit(db: Database, from: SQL) {
  const limited = sql`(select 1 from ${from} limit ${sql.raw(`${countLimit + 1}`)})`;
  return db.select({ n: sql<number>`count(*)` }).from(sql`${limited} limited`);
}

export interface LimitedCount {
  count: number;
  /** True if there are more. */
  more: boolean;
}

const toLimitedCount = (n = 0): LimitedCount => ({
  count: Math.min(n, countLimit),
  more: n > countLimit,
});
