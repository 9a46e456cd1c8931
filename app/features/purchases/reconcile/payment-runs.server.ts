import { and, desc, eq, isNull, lte } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { ReconcileMode } from "~/db/enums";
import { paymentRuns } from "~/db/schema.server";

export type PaymentRun = typeof paymentRuns.$inferSelect;

const leaseMs = 60_000;

/** Does nothing if a run is open. */
export async function startPaymentRun(
  db: Database,
  mode: ReconcileMode,
  now: number,
): Promise<void> {
  const run = { id: uuidv7(), mode, startedAt: now, updatedAt: now };
  await runQuery(db.insert(paymentRuns).values(run).onConflictDoNothing());
}

/** Leases the open run for one minute; null if there is none or it is leased already. */
export async function leasePaymentRun(db: Database, now: number): Promise<PaymentRun | null> {
  const [run] = await runQuery(
    db
      .update(paymentRuns)
      .set({ leaseToken: uuidv7(), leaseUntil: now + leaseMs })
      .where(and(isNull(paymentRuns.finishedAt), lte(paymentRuns.leaseUntil, now)))
      .returning(),
  );
  return run ?? null;
}

const isOurs = ({ id, leaseToken }: PaymentRun) =>
  and(eq(paymentRuns.id, id), eq(paymentRuns.leaseToken, leaseToken ?? ""));

/** Stores the progress and extends the lease; null if it was lost. */
export async function savePaymentRun(
  db: Database,
  run: PaymentRun,
  now: number,
): Promise<PaymentRun | null> {
  const progress = { ...run, leaseUntil: now + leaseMs };
  const [saved] = await runQuery(
    db.update(paymentRuns).set(progress).where(isOurs(run)).returning(),
  );
  return saved ?? null;
}

/** The run can be leased again from `resumeAt`. */
export async function releasePaymentRun(
  db: Database,
  run: PaymentRun,
  resumeAt: number,
): Promise<void> {
  await runQuery(
    db.update(paymentRuns).set({ leaseToken: null, leaseUntil: resumeAt }).where(isOurs(run)),
  );
}

/** Ends the open run, if any, that cannot go on. */
export async function endPaymentRun(db: Database, error: string, now: number): Promise<void> {
  const isOpen = isNull(paymentRuns.finishedAt);
  await runQuery(db.update(paymentRuns).set({ finishedAt: now, error }).where(isOpen));
}

/** Newest first. */
export const latestPaymentRuns = (db: Database, limit: number): Promise<PaymentRun[]> =>
  runQuery(db.select().from(paymentRuns).orderBy(desc(paymentRuns.id)).limit(limit));
