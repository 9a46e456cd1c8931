import type { ReconcileRun } from "~/features/reconcile/reconcile-runs.server";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { formatCount } from "~/ui/statistic";

const findings = [
  ["missing", "Missing in D1", "users in Clerk without a row"],
  ["outdated", "Outdated", "rows behind Clerk"],
  ["ahead", "Ahead of Clerk", "rows with a revision from the future"],
  ["metadataWrong", "Wrong metadata", "Clerk metadata differs from the row"],
  ["missingInClerk", "Missing in Clerk", "rows whose user Clerk no longer has"],
  ["tombstoned", "Tombstoned", "deleted here but still in Clerk; left unchanged"],
] as const;

export function ReconcileRunCard({ run }: { run: ReconcileRun }) {
  return (
    <article aria-label={`${modeName(run)} of ${new Date(run.startedAt).toISOString()}`}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{modeName(run)}</span>
        <RunState run={run} />
        <span className="text-sm text-muted">
          <DateTime at={run.startedAt} />
        </span>
      </p>
      {run.finishedAt === null && <RunProgress run={run} />}
      {run.error && <p className="mt-2 text-danger">{run.error}</p>}
      <dl className="mt-3 grid gap-x-6 gap-y-1 text-[0.9375rem] sm:grid-cols-2">
        {findings.map(([name, label, meaning]) => (
          <div key={name} className="flex gap-x-3">
            <dd className="w-12 shrink-0 text-right tabular-nums">{formatCount(run[name])}</dd>
            <dt>
              {label} <span className="block text-sm text-muted">{meaning}</span>
            </dt>
          </div>
        ))}
      </dl>
    </article>
  );
}

const modeName = ({ mode }: Pick<ReconcileRun, "mode">) =>
  mode === "repair" ? "Repair" : "Dry run";

function RunState({ run }: { run: ReconcileRun }) {
  if (run.finishedAt === null) return <Badge tone="accent">in progress</Badge>;
  if (run.error !== null) return <Badge tone="danger">failed</Badge>;
  return <Badge tone="success">done</Badge>;
}

function RunProgress({ run }: { run: ReconcileRun }) {
  const isRowPhase = run.phase === "rows";
  const done = isRowPhase ? run.rowsChecked : run.usersChecked;
  // Counting the rows would cost a scan; there are about as many as Clerk users.
  const total = isRowPhase ? run.usersChecked : run.total;
  const subject = isRowPhase ? "Rows" : "Clerk users";
  return (
    <div className="mt-3">
      <progress
        aria-label={`${subject} checked`}
        className="h-2.5 w-full accent-accent"
        {...(total !== null && {
          max: Math.max(1, total),
          value: Math.min(done, Math.max(1, total)),
        })}
      />
      <p className="text-sm text-muted tabular-nums">
        {subject}: {formatCount(done)} of {total === null ? "?" : formatCount(total)}
      </p>
    </div>
  );
}
