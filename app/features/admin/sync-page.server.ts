import * as z from "zod";
import type { AppContext } from "~/context.server";
import type { Database } from "~/db/client.server";
import { reconcileModes } from "~/db/enums";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import {
  latestPaymentRuns,
  startPaymentRun,
} from "~/features/purchases/reconcile/payment-runs.server";
import { continuePaymentRun } from "~/features/purchases/reconcile/reconcile-with-stripe.server";
import { continueRun } from "~/features/reconcile/reconcile.server";
import {
  latestRuns,
  type ReconcileContext,
  startRun,
} from "~/features/reconcile/reconcile-runs.server";
import { parseHiddenFields } from "~/http/forms.server";
import { errorFields } from "~/log/log.server";
import { listDeliveries } from "./delivery-list.server";
import { parseDeliveryQuery } from "./delivery-query";
import { listStripeEvents } from "./stripe-event-list.server";
import { parseStripeEventQuery } from "./stripe-event-query";

const runLimit = 3;
const formSchema = z.lazy(() =>
  z.union([
    z.object({ mode: z.enum(reconcileModes) }),
    z.object({ payments: z.enum(reconcileModes) }),
  ]),
);

/** The latest runs, and one page of deliveries or events. Payments are null without Stripe. */
export async function loadSyncPage(
  { db, stripe }: Pick<AppContext, "db" | "stripe">,
  params: URLSearchParams,
) {
  const [runs, paymentRuns, webhooks] = await Promise.all([
    latestRuns(db, runLimit),
    stripe === null ? null : latestPaymentRuns(db, runLimit),
    loadWebhooks(db, params),
  ]);
  return { runs, paymentRuns, webhooks };
}

async function loadWebhooks(db: Database, params: URLSearchParams) {
  if (params.get("source") === "stripe") {
    const query = parseStripeEventQuery(params);
    return { source: "stripe" as const, query, page: await listStripeEvents(db, query) };
  }
  const query = parseDeliveryQuery(params);
  return { source: "clerk" as const, query, page: await listDeliveries(db, query) };
}

/** Starts or continues a run; the cron finishes it. @throws {BadRequestError} */
export async function startReconcile(
  context: ReconcileContext & AppContext,
  fields: FormData,
): Promise<void> {
  const form = parseHiddenFields(fields, formSchema);
  if ("payments" in form) {
    await startPaymentRun(context.db, form.payments, Date.now());
    return runInBackground(context, "compare-payments", async () => {
      const changed = await continuePaymentRun(context);
      for (const userId of changed) await refreshRecentCourses(context, userId);
    });
  }
  await startRun(context.db, form, Date.now());
  runInBackground(context, "reconcile", () => continueRun(context));
}

function runInBackground(context: AppContext, job: string, work: () => Promise<unknown>): void {
  context.waitUntil(
    work().catch((error) => context.log("job.failed", { job, ...errorFields(error) })),
  );
}
