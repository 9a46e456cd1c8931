import { sql } from "drizzle-orm";
import { runQuery } from "~/db/client.server";
import { clerkInstance } from "~/db/schema.server";
import { checkInstance } from "~/features/users/clerk-instance.server";
import {
  holdsLease,
  type ReconcileContext,
  type ReconcileRun,
  stopRun,
} from "./reconcile-runs.server";

/** A user has to check the settings. */
const anotherInstanceError =
  "CLERK_SECRET_KEY belongs to another Clerk instance than the users in D1. Nothing was changed. To move to that instance, run with --adopt-instance.";

/** Stores a first or adopted Clerk instance. Returns the run if another instance stopped it. */
export async function claimInstance(
  context: ReconcileContext,
  run: ReconcileRun,
  now: number,
): Promise<ReconcileRun | undefined> {
  const { match, instanceId } = await checkInstance(context);
  if (match === "another" && !run.adoptInstance) {
    const stop = { reason: "another-instance", error: anotherInstanceError } as const;
    return stopRun(context, run, stop, now);
  }
  if (run.mode === "repair") await storeInstance(context, run, instanceId, now);
  return undefined;
}

async function storeInstance(
  { db }: ReconcileContext,
  run: ReconcileRun,
  instanceId: string,
  now: number,
): Promise<void> {
  await runQuery(
    db
      .insert(clerkInstance)
      .select(sql`select 1, ${instanceId}, ${now} where ${holdsLease(run)}`)
      .onConflictDoUpdate({
        target: clerkInstance.onlyRow,
        set: { instanceId, storedAt: now },
        setWhere: sql`${clerkInstance.instanceId} <> ${instanceId}`,
      }),
  );
}
