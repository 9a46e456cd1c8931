import type { AppLoadContext } from "@remix-run/cloudflare";
import { and, gt, isNull, sql } from "drizzle-orm";
import { listLimit, lookupLimit } from "../../clerk/users.server";
import { fromDatabase } from "../../db/client.server";
import { reconcileRuns, users } from "../../db/schema.server";
import { type UserStore, writeCachedUser } from "../users/cache.server";
import { buryUsers, upsertUsers } from "../users/repository.server";
import type { User, UserState } from "../users/user";
import { addDrift, driftOf } from "./drift.server";
import { advanceRun, holdsLease, type ReconcileRun } from "./repository.server";

/** How many updated rows of a page are written to KV. */
const updatesShown = 20;

export type ReconcileContext = UserStore & Pick<AppLoadContext, "clerkUsers">;

/** Past so many, a share of people gone this large is not believed: it looks like the keys of another instance. */
const believableGone = { count: 20, share: 0.2 };

/**
 * Compares one page of Clerk's users with their rows, and repairs them in one statement. Returns the rows it changed.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer; the run then still stands at this page.
 */
export async function reconcileClerkPage(
  context: ReconcileContext,
  run: ReconcileRun,
  now: number,
) {
  const { db, clerkUsers } = context;
  const offset = Number(run.cursor);
  const total = run.total ?? (await clerkUsers.count());
  const states = await clerkUsers.list(offset);
  const next =
    states.length < listLimit
      ? { phase: "rows" as const, cursor: "" }
      : { cursor: `${offset + states.length}` };
  const counted = {
    usersChecked: sql`${reconcileRuns.usersChecked} + ${states.length}`,
    ...addDrift,
  };
  const advance = advanceRun(db, run, { ...next, total, ...counted }, now, driftOf(states));
  if (run.mode === "dry-run") return void (await fromDatabase(advance));
  const repair = upsertUsers(db, states, now, holdsLease(run));
  const [, repaired] = await fromDatabase(db.batch([advance, repair]));
  // A row that is new to us cannot be in the cache with an older value.
  await showChanges(
    context,
    repaired.filter((user) => user.createdAt !== now),
  );
}

/**
 * Asks Clerk for the people of one page of rows; those it does not list are asked for once more, one by one, before they are
 * buried.
 * @throws {ServiceUnavailableError} when Clerk or D1 does not answer; the run then still stands at this page.
 */
export async function reconcileRowsPage(context: ReconcileContext, run: ReconcileRun, now: number) {
  const { db } = context;
  const ids = await liveIdsAfter(context, run.cursor);
  const { states, gone } = await askAbout(context, ids);
  const rowsChecked = run.rowsChecked + ids.length;
  if (!run.allowMassDeletion && !isBelievable(run.gone + gone.length, rowsChecked)) {
    const error =
      "Too many people are gone: is CLERK_SECRET_KEY of the right instance? Nobody was buried on this page.";
    return void (await fromDatabase(advanceRun(db, run, { finishedAt: now, error }, now)));
  }
  const next = {
    cursor: ids.at(-1) ?? run.cursor,
    finishedAt: ids.length < lookupLimit ? now : null,
  };
  const counted = { rowsChecked, gone: run.gone + gone.length };
  const advance = advanceRun(db, run, { ...next, ...counted }, now);
  if (run.mode === "dry-run") return void (await fromDatabase(advance));
  const repair = upsertUsers(db, states, now, holdsLease(run));
  const bury = buryUsers(db, gone, now, holdsLease(run));
  const [, repaired, buried] = await fromDatabase(db.batch([advance, repair, bury]));
  await showChanges(context, [...repaired, ...buried]);
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

async function askAbout({ clerkUsers }: ReconcileContext, ids: readonly string[]) {
  const states = ids.length > 0 ? await clerkUsers.findMany(ids) : [];
  const listed = new Set(states.map(({ clerkUserId }) => clerkUserId));
  const gone: string[] = [];
  for (const id of ids.filter((id) => !listed.has(id))) {
    const state: UserState | null = await clerkUsers.find(id);
    if (state) states.push(state);
    else gone.push(id);
  }
  return { states, gone };
}

function isBelievable(gone: number, checked: number): boolean {
  return gone <= believableGone.count || gone <= checked * believableGone.share;
}

/** The dead are shown at once. Of the others only a few: an invocation has its limit, and the cache forgets by itself. */
async function showChanges(context: ReconcileContext, changed: readonly User[]): Promise<void> {
  const buried = changed.filter(({ deletedAt }) => deletedAt !== null);
  const updated = changed.filter(({ deletedAt }) => deletedAt === null).slice(0, updatesShown);
  await Promise.all([...buried, ...updated].map((user) => writeCachedUser(context, user)));
}
