import type { ReconcileRun } from "~/features/reconcile/reconcile-runs.server";
import { Section } from "~/ui/section";
import type { LimitedCount } from "../overview.server";
import type { OverviewFigures } from "../overview-figures";
import { CountLink } from "./business-figures";
import { DeliveryChart } from "./delivery-chart";
import { ReconcileRunCard } from "./reconcile-run-card";

interface SyncHealthProps {
  figures: OverviewFigures;
  pendingPushes: LimitedCount;
  latestRun: ReconcileRun | null;
}

export function SyncHealth({ figures, pendingPushes, latestRun }: SyncHealthProps) {
  return (
    <>
      <Section title="Webhook deliveries">
        <div className="grid gap-8 lg:grid-cols-2">
          <DeliveryChart title="Last 24 hours" tally={figures.deliveries.day} />
          <DeliveryChart title="Last 7 days" tally={figures.deliveries.week} />
        </div>
      </Section>
      <Section title="Pending metadata pushes">
        <p>
          <CountLink to="/admin/users?state=pending" count={pendingPushes} noun="user" />{" "}
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
    </>
  );
}
