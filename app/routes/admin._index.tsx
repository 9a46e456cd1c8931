import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { DeliveryChart } from "~/features/admin/components/delivery-chart";
import { ReconcileRunCard } from "~/features/admin/components/reconcile-run-card";
import { loadOverview, recountFigures } from "~/features/admin/overview.server";
import { Page } from "~/layout/page";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
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
  await recountFigures(context, Date.now());
  return redirect("/admin");
}

export default function Overview() {
  const { figures, pendingPushes, latestRun } = useLoaderData<typeof loader>();
  return (
    <Page title="Admin overview">
      <Section title="People">
        <dl className="grid grid-cols-2 gap-6 lg:grid-cols-4">
          <Statistic value={formatCount(figures.people)} label="people" />
          <Statistic value={formatCount(figures.newThisWeek)} label="new in 7 days" />
          <Statistic value={formatCount(figures.admins)} label="admins" />
          <Statistic value={formatCount(figures.deleted)} label="deleted" />
        </dl>
        <Recount at={figures.countedAt} />
      </Section>
      <Section title="Deliveries">
        <div className="grid gap-8 lg:grid-cols-2">
          <DeliveryChart title="Last 24 hours" tally={figures.deliveries.day} />
          <DeliveryChart title="Last 7 days" tally={figures.deliveries.week} />
        </div>
      </Section>
      <Section title="Pending pushes">
        <p>
          <Link
            to="/admin/users?state=pending"
            className="font-medium text-accent underline underline-offset-4"
          >
            {pendingPushes.more && "more than "}
            {formatCount(pendingPushes.count)} {pendingPushes.count === 1 ? "person" : "people"}
          </Link>{" "}
          <span className="text-muted">whose id and role Clerk is not yet known to have.</span>
        </p>
      </Section>
      <Section title="Last reconcile">
        {latestRun ? (
          <ReconcileRunCard run={latestRun} />
        ) : (
          <p className="text-muted">
            None yet. One runs every day, or when you start it under Sync.
          </p>
        )}
      </Section>
    </Page>
  );
}

function Recount({ at }: { at: number }) {
  const busy = useNavigation().formAction?.startsWith("/admin?index");
  return (
    <Form
      method="post"
      action="/admin?index"
      className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted"
    >
      <span>
        Counted <DateTime at={at} />, for five minutes
      </span>
      <Button variant="secondary" busy={busy} busyText="Counting…">
        Count again
      </Button>
    </Form>
  );
}
