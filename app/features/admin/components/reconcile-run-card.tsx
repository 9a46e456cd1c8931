import type { ReconcileRun } from "~/features/reconcile/reconcile-runs.server";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { formatCount } from "~/ui/statistic";

const findings = [
  ["missing", "Missing", "people of Clerk with no row"],
  ["outdated", "Outdated", "rows behind Clerk"],
  ["metadataWrong", "Metadata wrong", "Clerk's metadata unlike the row"],
  ["missingInClerk", "Gone", "rows of people whom Clerk no longer has"],
  ["tombstoned", "Tombstoned", "deleted here, still in Clerk: left so"],
] as const;

/** One reconcile run: how far it has come, and what it found to differ. */
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
  if (run.finishedAt === null) return <Badge tone="accent">under way</Badge>;
  if (run.error !== null) return <Badge tone="danger">gave up</Badge>;
  return <Badge tone="success">done</Badge>;
}

function RunProgress({ run }: { run: ReconcileRun }) {
  const ofRows = run.phase === "rows";
  const done = ofRows ? run.rowsChecked : run.usersChecked;
  // There are about as many rows as users: counting them first would cost a scan.
  const total = ofRows ? run.usersChecked : run.total;
  const what = ofRows ? "Rows" : "Clerk's users";
  return (
    <div className="mt-3">
      <progress
        aria-label={`${what} compared`}
        className="h-2.5 w-full accent-accent"
        {...(total !== null && {
          max: Math.max(1, total),
          value: Math.min(done, Math.max(1, total)),
        })}
      />
      <p className="text-sm text-muted tabular-nums">
        {what}: {formatCount(done)} of {total === null ? "?" : formatCount(total)}
      </p>
    </div>
  );
}
