import { and, desc, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { ClerkUsers } from "~/clerk/users-api.server";
import { type Database, runQuery } from "~/db/client.server";
import type { ReconcileMode } from "~/db/enums";
import { reconcileRuns } from "~/db/schema.server";
import type { UserStore } from "~/features/users/user-cache.server";

export type ReconcileRun = typeof reconcileRuns.$inferSelect;
export type RunChange = { [Column in keyof ReconcileRun]?: ReconcileRun[Column] | SQL };

const leaseMs = 60_000;

/** Returns the open run if there is one. */
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

/** Leases the open run for one minute; null if there is none or it is leased already. */
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

/** Guards every write of a page: true while this invocation owns the lease. */
export function holdsLease({ id, leaseToken }: ReconcileRun): SQL {
  return sql`exists (select 1 from ${reconcileRuns} r where r.id = ${id} and r.lease_token = ${leaseToken})`;
}

const noDrift = sql`(select 0) d`;

/** Extends the lease; no row if it was lost. `change` may refer to the `drift` subquery. */
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

interface Stop {
  reason: "another-instance" | "too-many-missing";
  /** Tells an admin what to do. */
  error: string;
}

/** Ends the run before it has compared everything; someone has to check the settings. */
export async function stopRun(
  { db, log }: ReconcileContext,
  run: ReconcileRun,
  { reason, error }: Stop,
  now: number,
): Promise<ReconcileRun | undefined> {
  const [stopped] = await runQuery(advanceRun(db, run, { finishedAt: now, error }, now));
  if (stopped) log("reconcile.stopped", { runId: run.id, reason });
  return stopped;
}

/** The run can be leased again from `resumeAt`. */
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

/** Newest first. */
export function latestRuns(db: Database, limit: number): Promise<ReconcileRun[]> {
  return runQuery(db.select().from(reconcileRuns).orderBy(desc(reconcileRuns.id)).limit(limit));
}

export type ReconcileContext = UserStore & { clerkUsers: ClerkUsers };
