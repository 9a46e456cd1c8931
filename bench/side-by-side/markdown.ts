import { machine } from "../machine.ts";
import { row, table, whole } from "../markdown-table.ts";
import { accountCostTable } from "./account-cost.ts";
import type { CountedLane } from "./counts.ts";
import type { Goal } from "./goals.ts";
import type { ScriptBytes } from "./sizes.ts";
import { labelOf, type Point, type ScenarioSummary } from "./summary.ts";

export interface ProgramSize {
  label: string;
  rawBytes: number;
  gzipBytes: number;
  startupMs: number;
}

export interface Results {
  command: string;
  versions: string;
  settings: string;
  loadBefore: number;
  goals: readonly Goal[];
  summaries: readonly ScenarioSummary[];
  growth: readonly ScenarioSummary[];
  counted: readonly CountedLane[];
  programSizes: readonly ProgramSize[];
  scripts: readonly ScriptBytes[];
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const count = (value: number) => `${Number(value.toFixed(2))}`;

/** The results as `bench/RESULTS.md` shows them. */
export function resultsPage(results: Results): string {
  return [
    "# Side by side",
    "",
    "Written by `npm run bench`; what is measured, and how, is in [README.md](README.md).",
    "",
    `- ${new Date().toISOString().slice(0, 10)}, \`${results.command}\``,
    `- ${machine()}, load ${results.loadBefore.toFixed(1)} before`,
    `- ${results.versions}`,
    `- ${results.settings}`,
    "",
    "## Goals",
    "",
    ...goalsTable(results.goals),
    "",
    "## What accounts cost",
    "",
    "CPU of the dashboard over the same page without accounts, and requests per second as a share of that page's.",
    "",
    ...accountCostTable(results.summaries),
    "",
    "## Throughput",
    "",
    "The ratio is requests per second of the first line over this line: above 1 the first is faster. Several numbers in a cell are for",
    "several numbers of clients. CPU is that of all of workerd, which runs D1 and KV too.",
    ...results.summaries.flatMap((one) => ["", `### ${one.scenario.title}`, "", ...lanes(one)]),
    "",
    "## Counts per request",
    "",
    ...countsTable(results.counted),
    "",
    "## Growth",
    "",
    "The first column is how many users D1 holds.",
    ...results.growth.flatMap((one) => ["", `### ${one.scenario.title}`, "", ...lanes(one)]),
    "",
    "## Sizes and start-up",
    "",
    ...weightsTable(results.programSizes),
    "",
    ...scriptsTable(results.scripts),
    "",
    "## A million daily users",
    "",
    "What they cost, and which limit comes first: [docs/scaling.md](../docs/scaling.md), written from these counts.",
    "",
  ].join("\n");
}

export const goalsTable = (goals: readonly Goal[]) =>
  table(
    ["", "goal", "found", ""],
    goals.map(({ what, goal, found, met }) => row(what, goal, found, met ? "met" : "**missed**")),
  );

function lanes({ scenario, lanes }: ScenarioSummary): string[] {
  const clients = scenario.clients.join(" / ");
  const cells = (points: readonly Point[], cell: (point: Point) => string) =>
    points.map(cell).join(" / ");
  return table(
    [`${clients} clients`, "requests/s", "ratio", "p50 ms", "p99 ms", "CPU ms", "bytes"],
    lanes.map(({ label, points }) =>
      row(
        label,
        cells(points, ({ perSecond }) => whole(perSecond)),
        cells(points, ({ ratio }) => ratio.toFixed(2)),
        cells(points, ({ p50Ms }) => p50Ms.toFixed(1)),
        cells(points, ({ p99Ms }) => p99Ms.toFixed(1)),
        cells(points, ({ cpuMs }) => cpuMs.toFixed(2)),
        whole(points[0]?.bytes ?? 0),
      ),
    ),
  );
}

function countsTable(counted: readonly CountedLane[]): string[] {
  return table(
    [
      "",
      "D1 statements",
      "D1 calls",
      "rows read",
      "rows written",
      "KV reads",
      "KV writes",
      "fetches",
      "RS256",
      "other signatures",
    ],
    counted.map(({ scenario, lane, counts }) =>
      row(
        `${scenario.title}: ${labelOf(lane)}`,
        count(counts.statements),
        count(counts.d1Calls),
        count(counts.rowsRead),
        count(counts.rowsWritten),
        count(counts.kvReads),
        count(counts.kvWrites),
        count(counts.fetches),
        count(counts.rs256),
        count(counts.otherSignatures),
      ),
    ),
  );
}

const weightsTable = (programSizes: readonly ProgramSize[]) =>
  table(
    ["worker", "module", "gzip", "start-up CPU"],
    programSizes.map(({ label, rawBytes, gzipBytes, startupMs }) =>
      row(label, kilobytes(rawBytes), kilobytes(gzipBytes), `${startupMs.toFixed(0)} ms`),
    ),
  );

const scriptsTable = (scripts: readonly ScriptBytes[]) =>
  table(
    ["page in a new browser", "scripts of the site, gzip", "ClerkJS, gzip"],
    scripts.map(({ path, own, clerk }) => row(`\`${path}\``, kilobytes(own), kilobytes(clerk))),
  );
