import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { DeliveryChart } from "~/features/admin/components/delivery-chart";
import { ReconcileRunCard } from "~/features/admin/components/reconcile-run-card";
import { loadOverview, refreshCounts } from "~/features/admin/overview.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import { Section } from "~/ui/section";
import { formatCount, Statistic } from "~/ui/statistic";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Overview · Admin · Courses Platform" }];

export async function loader({ context }: LoaderFunctionArgs) {
  requirePermission(context, "admin.view");
  return loadOverview(context, Date.now());
}

export async function action({ context }: ActionFunctionArgs) {
  requirePermission(context, "admin.view");
  await enforceRateLimit(context, "admin-write", new FormData());
  await refreshCounts(context, Date.now());
  return redirect("/admin");
}

export default function Overview() {
  const { counts, pendingPushes, latestRun } = useLoaderData<typeof loader>();
  const failure = useActionData<RateLimited>();
  return (
    <Page title="Admin overview">
      {failure && <RateLimitNotice />}
      <Section title="Users">
        <dl className="grid grid-cols-2 gap-6 lg:grid-cols-4">
          <Statistic value={formatCount(counts.people)} label="users" />
          <Statistic value={formatCount(counts.newThisWeek)} label="new in the last 7 days" />
          <Statistic value={formatCount(counts.admins)} label="admins" />
          <Statistic value={formatCount(counts.deleted)} label="deleted" />
        </dl>
        <CountsStatus at={counts.countedAt} />
      </Section>
      <Section title="Webhook deliveries">
        <div className="grid gap-8 lg:grid-cols-2">
          <DeliveryChart title="Last 24 hours" tally={counts.deliveries.day} />
          <DeliveryChart title="Last 7 days" tally={counts.deliveries.week} />
        </div>
      </Section>
      <Section title="Pending metadata pushes">
        <p>
          <Link
            to="/admin/users?state=pending"
            className="font-medium text-accent underline underline-offset-4"
          >
            {pendingPushes.more && "more than "}
            {formatCount(pendingPushes.count)} {pendingPushes.count === 1 ? "user" : "users"}
          </Link>{" "}
          <span className="text-muted">whose ID and role Clerk may not have yet.</span>
        </p>
      </Section>
      <Section title="Latest reconcile run">
        {latestRun ? (
          <ReconcileRunCard run={latestRun} />
        ) : (
          <p className="text-muted">
            No runs yet. One starts every day, or when you start it under Sync.
          </p>
        )}
      </Section>
    </Page>
  );
}

function CountsStatus({ at }: { at: number }) {
  const busy = useNavigation().formAction?.startsWith("/admin?index");
  return (
    <Form
      method="post"
      action="/admin?index"
      className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted"
    >
      <span>
        Counted <DateTime at={at} />; refreshed every five minutes
      </span>
      <Button variant="secondary" busy={busy} busyText="Refreshing…">
        Refresh
      </Button>
    </Form>
  );
}
