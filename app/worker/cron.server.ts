import { renderOutdatedTexts } from "~/features/courses/render-job.server";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { startPaymentRun } from "~/features/purchases/reconcile/payment-runs.server";
import { continuePaymentRun } from "~/features/purchases/reconcile/reconcile-with-stripe.server";
import { paymentJobs } from "~/features/purchases/reconcile-payments.server";
import { pruneUnlinked } from "~/features/purchases/refunds/prune-unlinked.server";
import { pruneStripeEvents } from "~/features/purchases/stripe-ledger.server";
import { continueRun } from "~/features/reconcile/reconcile.server";
import { startRun } from "~/features/reconcile/reconcile-runs.server";
import { fillSearchWords } from "~/features/search/fill-words.server";
import { drainCacheOutbox } from "~/features/users/cache-outbox.server";
import { drainMetadataOutbox } from "~/features/users/metadata-push.server";
import { reportMissingAdmin } from "~/features/users/report-missing-admin.server";
import { pruneDeliveries } from "~/features/users/webhook-ledger.server";
import { errorFields } from "~/log/log.server";
import type { createServices } from "./load-context.server";

/** The daily full reconcile; must be listed in `wrangler.toml`. */
const dailyCron = "17 3 * * *";

/**
 * Not scheduled: `npm run reconcile -- --payments` sends it to a local worker, so that a dry run
 * changes nothing.
 */
const comparisonCron = "compare-payments";

type Services = ReturnType<typeof createServices>;

/** A failed job is logged; the other jobs still run, and the next tick retries it. */
export async function runScheduledJobs(cron: string, services: Services): Promise<void> {
  const { db } = services;
  const compare = () => runJob(services, "compare-payments", () => compareWithStripe(services));
  if (cron === comparisonCron) return compare();
  if (cron === dailyCron) {
    await runJob(services, "start-reconcile", () => startRun(db, { mode: "repair" }, Date.now()));
  }
  if (cron === dailyCron && services.stripe !== null) {
    await runJob(services, "start-payments", () => startPaymentRun(db, "repair", Date.now()));
  }
  await runJob(services, "reconcile", () => continueRun(services));
  await runJob(services, "drain-outbox", () => drainMetadataOutbox(services));
  await runJob(services, "drain-cache-outbox", () => drainCacheOutbox(services));
  if (cron === dailyCron) {
    await runJob(services, "check-admins", () => reportMissingAdmin(services));
  }
  await runJob(services, "render-texts", () => renderOutdatedTexts(services));
  await runJob(services, "fill-search-words", () => fillSearchWords(services));
  await settlePayments(services);
  await compare();
  await runJob(services, "prune-deliveries", () => pruneDeliveries(db, Date.now()));
  await runJob(services, "prune-stripe-events", () => pruneStripeEvents(db, Date.now()));
  await runJob(services, "prune-unlinked", () => pruneUnlinked(db, Date.now()));
}

async function settlePayments(services: Services): Promise<void> {
  const { db, stripe } = services;
  if (stripe === null) return;
  for (const [job, work] of Object.entries(paymentJobs)) {
    await runJob(services, job, async () => {
      await refreshAll(services, await work({ db, stripe }, Date.now()));
    });
  }
}

async function compareWithStripe(services: Services): Promise<void> {
  await refreshAll(services, await continuePaymentRun(services));
}

async function refreshAll(services: Services, userIds: readonly string[]): Promise<void> {
  for (const userId of new Set(userIds)) await refreshRecentCourses(services, userId);
}

async function runJob({ log }: Services, job: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log("job.failed", { job, ...errorFields(error) });
  }
}
