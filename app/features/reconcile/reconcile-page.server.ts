import { and, gt, isNull, sql } from "drizzle-orm";
import { listLimit, lookupLimit } from "~/clerk/users-api.server";
import { runQuery } from "~/db/client.server";
import { reconcileRuns, users } from "~/db/schema.server";
import { sharesUsersWithClerk } from "~/features/users/clerk-instance-check.server";
import { softDeleteUsers } from "~/features/users/redact-users.server";
import { upsertUsers } from "~/features/users/upsert-users.server";
import type { User } from "~/features/users/user";
import { writeCachedUser } from "~/features/users/user-cache.server";
import { addDrift, driftOf } from "./drift.server";
import { isWithinDeletionLimit, lookUpMissing } from "./missing-users.server";
import {
  advanceRun,
  holdsLease,
  type ReconcileContext,
  type ReconcileRun,
} from "./reconcile-runs.server";

/** How many updated rows of a page are written to KV. */
const maxCacheUpdates = 5;

/** Why a run was given up; a person has to look. */
const wrongInstanceError = "Clerk lists nobody of ours: is CLERK_SECRET_KEY of the right instance?";
const tooManyMissingError =
  "Too many people are gone: is CLERK_SECRET_KEY of the right instance? Nobody was buried on this page.";

/** The run after a page; undefined where somebody else has taken it meanwhile. */
type Advanced = Promise<ReconcileRun | undefined>;

/**
 * Compares one page of Clerk's users with their rows, and repairs them in one statement.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer; the run then still stands at this page.
 */
export async function reconcileClerkPage(
  context: ReconcileContext,
  run: ReconcileRun,
  now: number,
): Advanced {
  const { db, clerkUsers } = context;
  const offset = Number(run.cursor);
  const total = run.total ?? (await clerkUsers.count());
  const { ids, states } = await clerkUsers.list(offset);
  if (offset === 0 && !run.allowMassDeletion && !(await sharesUsersWithClerk(db, ids))) {
    return failRun(context, run, wrongInstanceError, now);
  }
  const isLast = ids.length < listLimit;
  const next = isLast
    ? { phase: "rows" as const, cursor: "" }
    : { cursor: `${offset + ids.length}` };
  const counted = { usersChecked: sql`${reconcileRuns.usersChecked} + ${ids.length}`, ...addDrift };
  const advance = advanceRun(db, run, { ...next, total, ...counted }, now, driftOf(states));
  if (run.mode === "dry-run") return (await runQuery(advance))[0];
  const repair = upsertUsers(db, states, now, holdsLease(run));
  const [[advanced], repaired] = await runQuery(db.batch([advance, repair]));
  // A row that is new to us cannot be in the cache with an older value.
  const changed = repaired.filter((user) => user.createdAt !== now);
  await updateUserCache(context, changed);
  return advanced;
}

/**
 * Asks Clerk for the people of one page of rows, and buries those who are gone.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer; the run then still stands at this page.
 */
export async function reconcileRowsPage(
  context: ReconcileContext,
  run: ReconcileRun,
  now: number,
): Advanced {
  const { db } = context;
  const ids = await liveIdsAfter(context, run.cursor);
  const found = await lookUpMissing(context, ids);
  const gone = run.gone + found.gone.length;
  const rowsChecked = run.rowsChecked + ids.length;
  if (!run.allowMassDeletion && !isWithinDeletionLimit(gone, rowsChecked)) {
    return failRun(context, run, tooManyMissingError, now);
  }
  const finishedAt = ids.length < lookupLimit ? now : null;
  const cursor = ids.at(-1) ?? run.cursor;
  const advance = advanceRun(db, run, { cursor, finishedAt, rowsChecked, gone }, now);
  if (run.mode === "dry-run") return (await runQuery(advance))[0];
  const repair = upsertUsers(db, found.states, now, holdsLease(run));
  const softDelete = softDeleteUsers(db, found.gone, now, holdsLease(run));
  const [[advanced], repaired, deleted] = await runQuery(db.batch([advance, repair, softDelete]));
  await updateUserCache(context, [...repaired, ...deleted]);
  return advanced;
}

async function failRun(
  { db }: ReconcileContext,
  run: ReconcileRun,
  error: string,
  now: number,
): Advanced {
  return (await runQuery(advanceRun(db, run, { finishedAt: now, error }, now)))[0];
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

/** The dead are shown at once. Of the others only a few: an invocation has its limit, and the cache forgets by itself. */
async function updateUserCache(context: ReconcileContext, changed: readonly User[]): Promise<void> {
  const deleted = changed.filter(({ deletedAt }) => deletedAt !== null);
  const updated = changed.filter(({ deletedAt }) => deletedAt === null).slice(0, maxCacheUpdates);
  await Promise.all([...deleted, ...updated].map((user) => writeCachedUser(context, user)));
}
