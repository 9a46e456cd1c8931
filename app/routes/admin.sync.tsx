import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { PaymentRunsPanel } from "~/features/admin/components/payment-runs-panel";
import { ReconcilePanel } from "~/features/admin/components/reconcile-panel";
import { WebhookSection } from "~/features/admin/components/webhook-section";
import { loadSyncPage, startReconcile } from "~/features/admin/sync-page.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import { Section } from "~/ui/section";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Sync · Admin · Courses Platform" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "sync.read");
  return { role, ...(await loadSyncPage(context, new URL(request.url).searchParams)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  requirePermission(context, "sync.operate");
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  await startReconcile(context, fields);
  return redirect("/admin/sync");
}

export default function Sync() {
  const { role, runs, paymentRuns, webhooks } = useLoaderData<typeof loader>();
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
      <WebhookSection webhooks={webhooks} />
    </Page>
  );
}
