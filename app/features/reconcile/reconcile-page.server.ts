import { and, gt, isNull, sql } from "drizzle-orm";
import { listLimit, lookupLimit } from "~/clerk/users-api.server";
import { runQuery } from "~/db/client.server";
import { reconcileRuns, users } from "~/db/schema.server";
import { softDeleteUsers } from "~/features/users/redact-users.server";
import { fetchedStates } from "~/features/users/state-batch.server";
import { upsertUsers } from "~/features/users/upsert-users.server";
import type { User } from "~/features/users/user";
import { writeCachedUser } from "~/features/users/user-cache.server";
import { storeWordsOfWritten } from "~/features/users/user-words.server";
import { addDrift, driftOf } from "./drift.server";
import { isWithinDeletionLimit, lookUpMissing } from "./missing-users.server";
import {
  advanceRun,
  holdsLease,
  type ReconcileContext,
  type ReconcileRun,
  stopRun,
} from "./reconcile-runs.server";

/** KV allows a limited number of writes per invocation. */
const maxCacheUpdates = 5;

/** A user has to check the settings. */
const tooManyMissingError =
  "Too many users are missing in Clerk: does CLERK_SECRET_KEY belong to the right instance? No users of this page were deleted.";

/** Undefined if another invocation has taken the run. */
type AdvancedRun = Promise<ReconcileRun | undefined>;

/** Repairs D1 in one batch. If Clerk or D1 fails, the run stays at this page. */
export async function reconcileClerkPage(
  context: ReconcileContext,
  run: ReconcileRun,
  now: number,
): AdvancedRun {
  const { db, clerkUsers } = context;
  const offset = Number(run.cursor);
  const total = run.total ?? (await clerkUsers.count());
  const { ids, states } = await clerkUsers.list(offset);
  const isLast = ids.length < listLimit;
  const next = isLast
    ? { phase: "rows" as const, cursor: "" }
    : { cursor: `${offset + ids.length}` };
  const counted = { usersChecked: sql`${reconcileRuns.usersChecked} + ${ids.length}`, ...addDrift };
  const batch = fetchedStates(states, now);
  const advance = advanceRun(db, run, { ...next, total, ...counted }, now, driftOf(batch));
  if (run.mode === "dry-run") return (await runQuery(advance))[0];
  const repair = upsertUsers(db, batch, now, holdsLease(run));
  const words = storeWordsOfWritten(db, states, now);
  const [[advanced], repaired] = await runQuery(db.batch([advance, repair, ...words]));
  // A new row cannot have an outdated cache entry.
  const changed = repaired.filter((user) => user.createdAt !== now);
  await updateUserCache(context, changed);
  return advanced;
}

/** Soft-deletes users missing in Clerk. If Clerk or D1 fails, the run stays at this page. */
export async function reconcileRowsPage(
  context: ReconcileContext,
  run: ReconcileRun,
  now: number,
): AdvancedRun {
  const { db } = context;
  const ids = await liveIdsAfter(context, run.cursor);
  const found = await lookUpMissing(context, ids);
  const missingInClerk = run.missingInClerk + found.missing.length;
  const rowsChecked = run.rowsChecked + ids.length;
  if (!run.allowMassDeletion && !isWithinDeletionLimit(missingInClerk, rowsChecked)) {
    return stopRun(context, run, { reason: "too-many-missing", error: tooManyMissingError }, now);
  }
  const finishedAt = ids.length < lookupLimit ? now : null;
  const cursor = ids.at(-1) ?? run.cursor;
  const advance = advanceRun(db, run, { cursor, finishedAt, rowsChecked, missingInClerk }, now);
  if (run.mode === "dry-run") return (await runQuery(advance))[0];
  const repair = upsertUsers(db, fetchedStates(found.states, now), now, holdsLease(run));
  const softDelete = softDeleteUsers(db, found.missing, now, holdsLease(run));
  const words = storeWordsOfWritten(db, found.states, now);
  const [[advanced], repaired] = await runQuery(db.batch([advance, repair, softDelete, ...words]));
  await updateUserCache(context, repaired);
  return advanced;
}

async function liveIdsAfter({ db }: ReconcileContext, cursor: string): Promise<string[]> {
  const rows = await runQuery(
    db
      .select({ clerkUserId: users.clerkUserId })
      .from(users)
      .where(and(gt(users.clerkUserId, cursor), isNull(users.deletedAt)))
      .orderBy(users.clerkUserId)
      .limit(lookupLimit),
  );
  return rows.map(({ clerkUserId }) => clerkUserId);
}

/** Caches only a few; bans and deletions follow from the cache outbox, other entries expire. */
async function updateUserCache(context: ReconcileContext, changed: readonly User[]): Promise<void> {
  const updated = changed.slice(0, maxCacheUpdates);
  await Promise.all(updated.map((user) => writeCachedUser(context, user)));
}
