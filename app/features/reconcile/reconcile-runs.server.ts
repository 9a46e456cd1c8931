import { and, desc, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { ClerkUsers } from "~/clerk/users-api.server";
import { type Database, runQuery } from "~/db/client.server";
import type { ReconcileMode } from "~/db/enums";
import { reconcileRuns } from "~/db/schema.server";
import type { UserStore } from "~/features/users/user-cache.server";

export type ReconcileRun = typeof reconcileRuns.$inferSelect;
/** New values of a run's columns, or the SQL that gives them. */
export type RunChange = { [Column in keyof ReconcileRun]?: ReconcileRun[Column] | SQL };

const leaseMs = 60_000;

/**
 * Begins a run; where one is under way already, that one goes on and is returned.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function startRun(
  db: Database,
  options: { mode: ReconcileMode; allowMassDeletion?: boolean },
  now: number,
): Promise<ReconcileRun | undefined> {
  const run = { ...options, id: uuidv7(), startedAt: now, updatedAt: now };
  const insert = db.insert(reconcileRuns).values(run).onConflictDoNothing();
  const open = db.select().from(reconcileRuns).where(isNull(reconcileRuns.finishedAt));
  const [, [current]] = await runQuery(db.batch([insert, open]));
  return current;
}

/**
 * Takes the open run for one minute, so that nobody else works on it meanwhile; null where there is none or it is taken.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function acquireLease(db: Database, now: number): Promise<ReconcileRun | null> {
  const [run] = await runQuery(
    db
      .update(reconcileRuns)
      .set({ leaseToken: uuidv7(), leaseUntil: now + leaseMs })
      .where(and(isNull(reconcileRuns.finishedAt), lte(reconcileRuns.leaseUntil, now)))
      .returning(),
  );
  return run ?? null;
}

/** True only for whoever still has the lease: the guard of every write of a page. */
export function holdsLease({ id, leaseToken }: ReconcileRun): SQL {
  return sql`exists (select 1 from ${reconcileRuns} r where r.id = ${id} and r.lease_token = ${leaseToken})`;
}

/** Nothing to count on this page. */
const noDrift = sql`(select 0) d`;

/**
 * Moves the run past the page it stands at, keeping the lease; returns nothing where somebody else has taken it. The change may
 * speak of a subquery `drift`.
 */
export function advanceRun(
  db: Database,
  run: ReconcileRun,
  change: RunChange,
  now: number,
  drift: SQL = noDrift,
) {
  const samePage = and(eq(reconcileRuns.phase, run.phase), eq(reconcileRuns.cursor, run.cursor));
  return db
    .update(reconcileRuns)
    .set({
      error: null,
      ...change,
      pages: sql`${reconcileRuns.pages} + 1`,
      updatedAt: now,
      leaseUntil: now + leaseMs,
    })
    .from(drift)
    .where(and(eq(reconcileRuns.id, run.id), samePage, holdsLease(run)))
    .returning();
}

/**
 * Gives the run back, to be taken up again from `resumeAt` on, with what went wrong, if anything did.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function releaseLease(
  db: Database,
  run: ReconcileRun,
  resumeAt: number,
  error: string | null,
): Promise<void> {
  await runQuery(
    db
      .update(reconcileRuns)
      .set({ leaseToken: null, leaseUntil: resumeAt, ...(error !== null && { error }) })
      .where(
        and(eq(reconcileRuns.id, run.id), sql`${reconcileRuns.leaseToken} = ${run.leaseToken}`),
      ),
  );
}

/**
 * The runs, the latest first.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export function latestRuns(db: Database, limit: number): Promise<ReconcileRun[]> {
  return runQuery(db.select().from(reconcileRuns).orderBy(desc(reconcileRuns.id)).limit(limit));
}

export type ReconcileContext = UserStore & { clerkUsers: ClerkUsers };
