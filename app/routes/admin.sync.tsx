import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { DeliveryFilter } from "~/features/admin/components/delivery-filter";
import { DeliveryTable } from "~/features/admin/components/delivery-table";
import { PaymentRunsPanel } from "~/features/admin/components/payment-runs-panel";
import { ReconcilePanel } from "~/features/admin/components/reconcile-panel";
import { parseDeliveryQuery } from "~/features/admin/delivery-query";
import { loadSyncPage, startReconcile } from "~/features/admin/sync-page.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";
import { Pager } from "~/ui/pager";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import { Section } from "~/ui/section";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Sync · Admin · Courses Platform" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "sync.read");
  const query = parseDeliveryQuery(new URL(request.url).searchParams);
  return { role, query, ...(await loadSyncPage(context, query)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  requirePermission(context, "sync.operate");
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  await startReconcile(context, fields);
  return redirect("/admin/sync");
}

export default function Sync() {
  const { role, query, runs, paymentRuns, deliveries } = useLoaderData<typeof loader>();
  const failure = useActionData<RateLimited>();
  return (
    <Page title="Sync">
      {failure && <RateLimitNotice />}
      <Section title="Reconcile">
        <ReconcilePanel runs={runs} role={role} />
      </Section>
      {paymentRuns !== null && (
        <Section title="Payments">
          <PaymentRunsPanel runs={paymentRuns} role={role} />
        </Section>
      )}
      <section aria-labelledby="deliveries" className="border-t border-line pt-7">
        <h2 id="deliveries" className="mb-4 text-2xl leading-tight">
          Webhook deliveries
        </h2>
        <DeliveryFilter query={query} />
        {deliveries.rows.length === 0 ? (
          <p className="text-muted">No matching webhook deliveries in the last 30 days.</p>
        ) : (
          <DeliveryTable caption="Webhook deliveries, newest first" deliveries={deliveries.rows} />
        )}
        <Pager previous={deliveries.previous} next={deliveries.next} />
      </section>
    </Page>
  );
}
