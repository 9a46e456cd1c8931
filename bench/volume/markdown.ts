import { machine } from "../machine.ts";
import { row, table, whole } from "../markdown-table.ts";
import type { BurstFigures } from "./burst.ts";
import type { ReconcileFigures } from "./reconcile.ts";

/** Renders `bench/VOLUME.md`. */
export function volumePage(page: {
  command: string;
  versions: string;
  /** The load average before the run. */
  loadBefore: number;
  reconcile: readonly ReconcileFigures[];
  burst: BurstFigures;
}): string {
  return [
    "# Volume",
    "",
    "Written by `npm run bench:volume`; the method is described in [README.md](README.md).",
    "",
    `- ${new Date().toISOString().slice(0, 10)}, \`${page.command}\``,
    `- ${machine()}, load ${page.loadBefore.toFixed(1)} before the run`,
    `- ${page.versions}`,
    "",
    "## Reconciliation",
    "",
    ...reconcileTable(page.reconcile),
    "",
    ...statementTable(page.reconcile),
    "",
    "## A burst of webhooks",
    "",
    ...burstTable(page.burst),
    "",
  ].join("\n");
}

function reconcileTable(runs: readonly ReconcileFigures[]): string[] {
  const line = (label: string, cell: (run: ReconcileFigures) => string) =>
    row(label, ...runs.map(cell));
  const calls = (place: string) => (run: ReconcileFigures) => {
    const { count, ms } = run.counters.calls[place] ?? { count: 0, ms: 0 };
    return `${whole(count)} / ${(ms / 1000).toFixed(1)} s`;
  };
  const sum = (metric: "count" | "rowsRead" | "rowsWritten") => (run: ReconcileFigures) =>
    whole(
      Object.values(run.counters.statements).reduce(
        (total, statement) => total + statement[metric],
        0,
      ),
    );
  return table(
    ["", ...runs.map(({ label }) => label)],
    [
      line(
        "users / rows checked",
        ({ run }) => `${whole(run.users_checked)} / ${whole(run.rows_checked)}`,
      ),
      line("missing in D1", ({ run }) => whole(run.missing)),
      line("time", ({ seconds }) => `${seconds.toFixed(1)} s`),
      line("users/s", ({ run, seconds }) => whole(run.users_checked / seconds)),
      line("cron ticks", ({ ticks }) => whole(ticks)),
      line("pages", ({ run }) => whole(run.pages)),
      line("D1 statements", sum("count")),
      line("D1 rows read", sum("rowsRead")),
      line("D1 rows written, including indexes", sum("rowsWritten")),
      line("D1 calls / wait time", calls("D1")),
      line("Clerk calls / wait time", calls("fetch")),
      line("KV puts / wait time", calls("KV put")),
      line("peak memory of workerd", ({ memoryMb }) =>
        memoryMb === null ? "unknown" : `${whole(memoryMb)} MB`,
      ),
    ],
  );
}

function statementTable(runs: readonly ReconcileFigures[]): string[] {
  const labels = new Set(runs.flatMap(({ counters }) => Object.keys(counters.statements)));
  const cell = (label: string) => (run: ReconcileFigures) => {
    const { count, rowsRead, rowsWritten } = run.counters.statements[label] ?? {
      count: 0,
      rowsRead: 0,
      rowsWritten: 0,
    };
    return `${whole(count)} / ${whole(rowsRead)} / ${whole(rowsWritten)}`;
  };
  return table(
    ["D1: statements / rows read / rows written", ...runs.map(({ label }) => label)],
    [...labels].map((label) => row(label, ...runs.map(cell(label)))),
  );
}

function burstTable({ events, unique, people, app, verifyOnly }: BurstFigures): string[] {
  const rate = (label: string, { perSecond, p50Ms, p99Ms }: BurstFigures["app"]) =>
    row(label, whole(perSecond), `${p50Ms.toFixed(1)} ms`, `${p99Ms.toFixed(1)} ms`);
  return [
    `${whole(events)} events (${whole(unique)} unique, shuffled) about ${whole(people)} users, 32 at a time. Afterwards, D1`,
    "matched the oracle exactly.",
    "",
    ...table(
      ["", "events/s", "p50", "p99"],
      [rate("the built worker", app), rate("a worker that only verifies signatures", verifyOnly)],
    ),
    "",
    `The built worker's throughput is ${(app.perSecond / verifyOnly.perSecond).toFixed(2)} of that of the worker that only verifies.`,
  ];
}
