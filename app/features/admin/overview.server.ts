import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Cache, readThrough, writeCached } from "~/cache/read-through.server";
import { type Database, runQuery } from "~/db/client.server";
import { reconcileRuns, users, webhookDeliveries } from "~/db/schema.server";
import { userKeys } from "~/db/sort-keys";
import { isActiveAdmin, userGroup } from "~/db/user-groups";
import type { UserStore } from "~/features/users/user-cache.server";
import { recordedOutcomes } from "./delivery-query";

const dayMs = 24 * 60 * 60 * 1000;
const countLimit = 1_000;

const tallySchema = z.lazy(() => z.record(z.enum([...recordedOutcomes, "again"]), z.number()));
const countsSchema = z.lazy(() =>
  z.object({
    countedAt: z.number(),
    people: z.number(),
    newThisWeek: z.number(),
    admins: z.number(),
    deleted: z.number(),
    deliveries: z.object({ day: tallySchema, week: tallySchema }),
  }),
);
/** Deliveries by outcome; `again` counts redelivered messages. */
export type DeliveryTally = z.infer<typeof tallySchema>;
export type OverviewCounts = z.infer<typeof countsSchema>;

/** Counting scans an index, so the result is cached. */
const cacheEntry = { key: "admin-figures:v1", schema: countsSchema, ttlSeconds: 300 };

/** Counts are at most five minutes old, except pending pushes (counted up to `countLimit`). */
export async function loadOverview(store: UserStore, now: number) {
  const { db } = store;
  const [counts, [[pending], [latestRun = null]]] = await Promise.all([
    readThrough<OverviewCounts>(store, cacheEntry, () => countAll(db, now), store.waitUntil),
    runQuery(db.batch([countPending(db), selectLatestRun(db)])),
  ]);
  if (!counts) throw new Error("Counting returned no result");
  const pendingPushes = {
    count: Math.min(pending?.n ?? 0, countLimit),
    more: (pending?.n ?? 0) > countLimit,
  };
  return { counts, pendingPushes, latestRun };
}

/** Recounts and updates the cache. */
export async function refreshCounts(store: Cache & { db: Database }, now: number): Promise<void> {
  await writeCached<OverviewCounts>(store, cacheEntry, await countAll(store.db, now));
}

function countPending(db: Database) {
  const limited = sql`(select 1 from ${users} where metadata_pending = 1 limit ${sql.raw(`${countLimit + 1}`)})`;
  return db.select({ n: sql<number>`count(*)` }).from(sql`${limited} limited`);
}

function selectLatestRun(db: Database) {
  return db.select().from(reconcileRuns).orderBy(sql`id desc`).limit(1);
}

async function countAll(db: Database, now: number): Promise<OverviewCounts> {
  const group = sql.raw(userGroup);
  const [groups, [activeAdmins], [recent], outcomes] = await runQuery(
    db.batch([
      db
        .select({ group: sql<number>`${group}`.as("user_group"), n: sql<number>`count(*)` })
        .from(users)
        .groupBy(group),
      db.select({ n: sql<number>`count(*)` }).from(users).where(sql.raw(isActiveAdmin)),
      db
        .select({ n: sql<number>`count(*)` })
        .from(users)
        .where(
          sql`${group} in (0, 1, 2, 3) and ${sql.raw(userKeys.newest)} > '' || (1000000000000000 + ${now - 7 * dayMs})`,
        ),
      countDeliveries(db, now),
    ]),
  );
  const total = (matches: (group: number) => boolean) =>
    groups.reduce((sum, { group, n }) => (matches(group) ? sum + n : sum), 0);
  return {
    countedAt: now,
    people: total((group) => (group & 4) === 0),
    newThisWeek: recent?.n ?? 0,
    admins: activeAdmins?.n ?? 0,
    deleted: total((group) => (group & 4) !== 0),
    deliveries: { day: tally(outcomes, "day"), week: tally(outcomes, "week") },
  };
}

function countDeliveries(db: Database, now: number) {
  const today = sql`last_received_at > ${now - dayMs}`;
  return db
    .select({
      outcome: webhookDeliveries.outcome,
      week: sql<number>`count(*)`,
      day: sql<number>`total(${today})`,
      weekAgain: sql<number>`total(attempts - 1)`,
      dayAgain: sql<number>`total(iif(${today}, attempts - 1, 0))`,
    })
    .from(webhookDeliveries)
    .where(sql`last_received_at > ${now - 7 * dayMs}`)
    .groupBy(webhookDeliveries.outcome);
}

type OutcomeRows = Awaited<ReturnType<typeof countDeliveries>>;

function tally(rows: OutcomeRows, window: "day" | "week"): DeliveryTally {
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome)?.[window] ?? 0;
  return {
    applied: of("applied"),
    stale: of("stale"),
    ignored: of("ignored"),
    rejected: of("rejected"),
    again: rows.reduce((sum, row) => sum + row[`${window}Again`], 0),
  };
}
