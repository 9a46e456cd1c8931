import { Form, Link, useNavigation } from "@remix-run/react";
import { can } from "~/access/permissions";
import type { PaymentDriftKind, Role } from "~/db/enums";
import type { PaymentRun } from "~/features/purchases/reconcile/payment-runs.server";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { formatCount } from "~/ui/statistic";

const findings = [
  ["paidThere", "Paid at Stripe, not here"],
  ["paidHere", "Paid here, not at Stripe"],
  ["refundedThere", "Refunded at Stripe, not here"],
  ["disputedThere", "Disputed at Stripe, not here"],
  ["undelivered", "Events that did not arrive"],
] as const;

const driftLabels: Record<PaymentDriftKind, string> = {
  "paid-there": "Paid at Stripe, not here",
  "paid-here": "Paid here, not at Stripe: look the payment up in Stripe",
  "refunded-there": "Refunded at Stripe, not here",
  "disputed-there": "Disputed at Stripe, not here",
  undelivered: "Event that did not arrive",
};

/** The latest comparisons with Stripe, and buttons to start one. */
export function PaymentRunsPanel({ runs, role }: { runs: readonly PaymentRun[]; role: Role }) {
  const isOpen = runs.some(({ finishedAt }) => finishedAt === null);
  return (
    <div className="grid gap-8">
      {can(role, "sync.operate") && <StartForm isOpen={isOpen} />}
      {runs.length === 0 && <p className="text-muted">No runs yet. One starts every day.</p>}
      {runs.map((run) => (
        <RunCard key={run.id} run={run} />
      ))}
    </div>
  );
}

function StartForm({ isOpen }: { isOpen: boolean }) {
  const mode = useNavigation().formData?.get("payments");
  return (
    <Form method="post" action="/admin/sync" className="flex flex-wrap gap-3">
      <Button name="payments" value="repair" busy={mode === "repair"} busyText="Starting…">
        {isOpen ? "Continue comparing payments" : "Compare and repair payments"}
      </Button>
      {!isOpen && (
        <Button
          name="payments"
          value="dry-run"
          variant="secondary"
          busy={mode === "dry-run"}
          busyText="Starting…"
        >
          Dry run of payments
        </Button>
      )}
    </Form>
  );
}

function RunCard({ run }: { run: PaymentRun }) {
  const name = run.mode === "repair" ? "Repair" : "Dry run";
  return (
    <article aria-label={`Payments: ${name} of ${new Date(run.startedAt).toISOString()}`}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{name}</span>
        <RunState run={run} />
        <span className="text-sm text-muted">
          <DateTime at={run.startedAt} />, {formatCount(run.checked)} checked
        </span>
      </p>
      {run.error && <p className="mt-2 whitespace-pre-line text-danger">{run.error}</p>}
      <dl className="mt-3 grid gap-x-6 gap-y-1 text-[0.9375rem] sm:grid-cols-2">
        {findings.map(([column, label]) => (
          <div key={column} className="flex gap-x-3">
            <dd className="w-12 shrink-0 text-right tabular-nums">{formatCount(run[column])}</dd>
            <dt>{label}</dt>
          </div>
        ))}
      </dl>
      <ul className="mt-2 text-sm text-muted">
        {run.drift.map(({ kind, purchaseId, stripeId }) => (
          <li key={`${kind} ${stripeId}`} className="[overflow-wrap:anywhere]">
            {driftLabels[kind]}: {stripeId}{" "}
            {purchaseId !== null && (
              <Link to={`/admin/purchases/${purchaseId}`} className="text-accent underline">
                View purchase
              </Link>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}

function RunState({ run }: { run: PaymentRun }) {
  if (run.finishedAt !== null && run.error !== null) return <Badge tone="danger">incomplete</Badge>;
  if (run.finishedAt !== null) return <Badge tone="success">done</Badge>;
  return <Badge tone="accent">{`in progress: ${run.phase}`}</Badge>;
}
