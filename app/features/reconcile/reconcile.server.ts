import { ClerkUnavailableError } from "~/errors";
import { errorFields } from "~/log/log.server";
import { reconcileClerkPage, reconcileRowsPage } from "./reconcile-page.server";
import {
  acquireLease,
  type ReconcileContext,
  type ReconcileRun,
  releaseLease,
} from "./reconcile-runs.server";

/** One invocation stays well under D1's 1,000 statements and the time a cron trigger has. */
const maxPagesPerInvocation = 100;
/** How long a run rests after a failure that says nothing about waiting. */
const retryDelayMs = 60_000;

/**
 * Goes on with the open run, if there is one and nobody else is at it, for a bounded number of pages. All it knows is in D1, so
 * a run outlives its invocation, a deploy and a crash.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function continueRun(context: ReconcileContext): Promise<ReconcileRun | null> {
  const leased = await acquireLease(context.db, Date.now());
  if (!leased) return null;
  let run = leased;
  try {
    for (let page = 0; page < maxPagesPerInvocation && run.finishedAt === null; page++) {
      const advanced = await reconcileNextPage(context, run);
      if (!advanced) return run;
      run = advanced;
    }
    await releaseLease(context.db, run, Date.now(), null);
  } catch (error) {
    await pauseRun(context, run, error);
  }
  const { id, phase, pages, missing, outdated, metadataWrong, gone, tombstoned } = run;
  const finished = run.finishedAt !== null;
  const drift = { missing, outdated, metadataWrong, gone, tombstoned };
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

/** Leaves the run for a later invocation: when Clerk said, or in a minute. */
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
