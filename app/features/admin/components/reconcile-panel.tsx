import { Form, useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { can } from "~/access/permissions";
import type { Role } from "~/db/enums";
import type { ReconcileRun } from "~/features/reconcile/reconcile-runs.server";
import { Button } from "~/ui/button";
import { ReconcileRunCard } from "./reconcile-run-card";

const pollIntervalMs = 1_500;

/** The latest reconcile runs, and buttons to start or continue one. */
export function ReconcilePanel({ runs, role }: { runs: readonly ReconcileRun[]; role: Role }) {
  const isOpen = runs.some(({ finishedAt }) => finishedAt === null);
  usePolling(isOpen);
  return (
    <div className="grid gap-8">
      {can(role, "sync.operate") && <EnrollForm isOpen={isOpen} />}
      <div aria-live="polite" className="grid gap-8">
        {runs.length === 0 && <p className="text-muted">No runs yet. One starts every day.</p>}
        {runs.map((run) => (
          <ReconcileRunCard key={run.id} run={run} />
        ))}
      </div>
    </div>
  );
}

function EnrollForm({ isOpen }: { isOpen: boolean }) {
  const { formData } = useNavigation();
  const mode = formData?.get("mode");
  return (
    <Form method="post" action="/admin/sync" className="flex flex-wrap gap-3">
      {isOpen ? (
        <Button name="mode" value="repair" variant="secondary" busy={mode === "repair"}>
          Continue now
        </Button>
      ) : (
        <>
          <Button name="mode" value="repair" busy={mode === "repair"} busyText="Starting…">
            Compare and repair
          </Button>
          <Button
            name="mode"
            value="dry-run"
            variant="secondary"
            busy={mode === "dry-run"}
            busyText="Starting…"
          >
            Dry run
          </Button>
        </>
      )}
    </Form>
  );
}

/** Polls while a run is in progress and the page is visible. */
function usePolling(isOpen: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isOpen || state !== "idle") return;
    const timer = setTimeout(() => {
      if (document.visibilityState === "visible") revalidate();
    }, pollIntervalMs);
    return () => clearTimeout(timer);
  }, [isOpen, revalidate, state]);
}
