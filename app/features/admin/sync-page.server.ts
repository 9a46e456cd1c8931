import * as z from "zod";
import type { Database } from "~/db/client.server";
import { reconcileModes } from "~/db/enums";
import { continueRun } from "~/features/reconcile/reconcile.server";
import {
  latestRuns,
  type ReconcileContext,
  startRun,
} from "~/features/reconcile/reconcile-runs.server";
import { parseHiddenFields } from "~/http/forms.server";
import { errorFields } from "~/log/log.server";
import { listDeliveries } from "./delivery-list.server";
import type { DeliveryQuery } from "./delivery-query";

const runLimit = 3;
const formSchema = z.lazy(() => z.object({ mode: z.enum(reconcileModes) }));

/** Loads the latest reconcile runs and one page of webhook deliveries. */
export async function loadSyncPage(db: Database, query: DeliveryQuery) {
  const [runs, deliveries] = await Promise.all([
    latestRuns(db, runLimit),
    listDeliveries(db, query),
  ]);
  return { runs, deliveries };
}

/** Starts or continues a run in the background; the cron finishes it. @throws {BadRequestError} */
export async function startReconcile(context: ReconcileContext, fields: FormData): Promise<void> {
  await startRun(context.db, parseHiddenFields(fields, formSchema), Date.now());
  context.waitUntil(
    continueRun(context).catch((error) => {
      context.log("job.failed", { job: "reconcile", ...errorFields(error) });
    }),
  );
}
