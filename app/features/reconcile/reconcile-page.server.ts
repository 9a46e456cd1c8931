import { and, gt, isNull, sql } from "drizzle-orm";
import { listLimit, lookupLimit } from "~/clerk/users-api.server";
import { fromDatabase } from "~/db/client.server";
import { reconcileRuns, users } from "~/db/schema.server";
import { isOurInstance } from "~/features/users/clerk-instance-check.server";
import { buryUsers, upsertUsers } from "~/features/users/upsert-users.server";
import type { User } from "~/features/users/user";
import { writeCachedUser } from "~/features/users/user-cache.server";
import { addDrift, driftOf } from "./drift.server";
import { askAbout, isBelievable } from "./missing-users.server";
import {
  advanceRun,
  holdsLease,
  type ReconcileContext,
  type ReconcileRun,
} from "./reconcile-runs.server";

/** How many updated rows of a page are written to KV. */
const updatesShown = 5;

/** Why a run was given up; a person has to look. */
const otherInstance = "Clerk lists nobody of ours: is CLERK_SECRET_KEY of the right instance?";
const tooManyGone =
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
  if (offset === 0 && !run.allowMassDeletion && !(await isOurInstance(db, ids))) {
    return giveUp(context, run, otherInstance, now);
  }
  const isLast = ids.length < listLimit;
  const next = isLast
    ? { phase: "rows" as const, cursor: "" }
    : { cursor: `${offset + ids.length}` };
  const counted = { usersChecked: sql`${reconcileRuns.usersChecked} + ${ids.length}`, ...addDrift };
  const advance = advanceRun(db, run, { ...next, total, ...counted }, now, driftOf(states));
  if (run.mode === "dry-run") return (await fromDatabase(advance))[0];
  const repair = upsertUsers(db, states, now, holdsLease(run));
  const [[advanced], repaired] = await fromDatabase(db.batch([advance, repair]));
  // A row that is new to us cannot be in the cache with an older value.
  const changed = repaired.filter((user) => user.createdAt !== now);
  await showChanges(context, changed);
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
  const found = await askAbout(context, ids);
  const gone = run.gone + found.gone.length;
  const rowsChecked = run.rowsChecked + ids.length;
  if (!run.allowMassDeletion && !isBelievable(gone, rowsChecked)) {
    return giveUp(context, run, tooManyGone, now);
  }
  const finishedAt = ids.length < lookupLimit ? now : null;
  const cursor = ids.at(-1) ?? run.cursor;
  const advance = advanceRun(db, run, { cursor, finishedAt, rowsChecked, gone }, now);
  if (run.mode === "dry-run") return (await fromDatabase(advance))[0];
  const repair = upsertUsers(db, found.states, now, holdsLease(run));
  const bury = buryUsers(db, found.gone, now, holdsLease(run));
  const [[advanced], repaired, buried] = await fromDatabase(db.batch([advance, repair, bury]));
  await showChanges(context, [...repaired, ...buried]);
  return advanced;
}

async function giveUp(
  { db }: ReconcileContext,
  run: ReconcileRun,
  error: string,
  now: number,
): Advanced {
  return (await fromDatabase(advanceRun(db, run, { finishedAt: now, error }, now)))[0];
}

async function liveIdsAfter({ db }: ReconcileContext, cursor: string): Promise<string[]> {
  const rows = await fromDatabase(
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
async function showChanges(context: ReconcileContext, changed: readonly User[]): Promise<void> {
  const buried = changed.filter(({ deletedAt }) => deletedAt !== null);
  const updated = changed.filter(({ deletedAt }) => deletedAt === null).slice(0, updatesShown);
  await Promise.all([...buried, ...updated].map((user) => writeCachedUser(context, user)));
}
