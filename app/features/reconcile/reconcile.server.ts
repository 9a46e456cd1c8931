import { ClerkUnavailableError } from "~/errors";
import { errorFields } from "~/log/log.server";
import { claimInstance } from "./claim-instance.server";
import { reconcileClerkPage, reconcileRowsPage } from "./reconcile-page.server";
import {
  acquireLease,
  type ReconcileContext,
  type ReconcileRun,
  releaseLease,
} from "./reconcile-runs.server";

/** Stays well below D1's 1,000 queries per invocation and the time limit of a cron. */
const maxPagesPerInvocation = 100;
/** Used if Clerk sends no `Retry-After`. */
const retryDelayMs = 60_000;

/** Continues the open run for a limited number of pages. All of its state is in D1. */
export async function continueRun(context: ReconcileContext): Promise<ReconcileRun | null> {
  const leased = await acquireLease(context.db, Date.now());
  if (!leased) return null;
  let run = leased;
  try {
    run = (await claimInstance(context, run, Date.now())) ?? run;
    for (let page = 0; page < maxPagesPerInvocation && run.finishedAt === null; page++) {
      const advanced = await reconcileNextPage(context, run);
      if (!advanced) return run;
      run = advanced;
    }
    await releaseLease(context.db, run, Date.now(), null);
  } catch (error) {
    await pauseRun(context, run, error);
  }
  const { id, phase, pages } = run;
  const { missing, outdated, ahead, metadataWrong, missingInClerk, tombstoned } = run;
  const finished = run.finishedAt !== null;
  const drift = { missing, outdated, ahead, metadataWrong, missingInClerk, tombstoned };
  context.log("reconcile.progress", {
    runId: id,
    phase,
    pages,
    finished,
    ...drift,
    durationMs: Date.now() - run.startedAt,
  });
  return run;
}

function reconcileNextPage(context: ReconcileContext, run: ReconcileRun) {
  return run.phase === "clerk-users"
    ? reconcileClerkPage(context, run, Date.now())
    : reconcileRowsPage(context, run, Date.now());
}

/** Schedules the next attempt: when Clerk says, or in a minute. */
async function pauseRun(
  context: ReconcileContext,
  run: ReconcileRun,
  error: unknown,
): Promise<void> {
  const retryAfterMs = error instanceof ClerkUnavailableError ? error.retryAfterMs : undefined;
  const fields = errorFields(error);
  context.log("reconcile.interrupted", { runId: run.id, ...fields });
  await releaseLease(
    context.db,
    run,
    Date.now() + (retryAfterMs ?? retryDelayMs),
    `${fields.error}: ${fields.message}`,
  );
}
