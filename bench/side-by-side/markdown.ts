import { machine } from "../machine.ts";
import { row, table, whole } from "../markdown-table.ts";
import { accountCostTable } from "./account-cost.ts";
import type { CountedLane } from "./counts.ts";
import { type DocumentSize, documentsTable } from "./documents.ts";
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
  documents: readonly DocumentSize[];
  summaries: readonly ScenarioSummary[];
  growth: readonly ScenarioSummary[];
  counted: readonly CountedLane[];
  programSizes: readonly ProgramSize[];
  scripts: readonly ScriptBytes[];
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const count = (value: number) => `${Number(value.toFixed(2))}`;

/** Renders `bench/RESULTS.md`. */
export function resultsPage(results: Results): string {
  return [
    "# Side by side",
    "",
    "Written by `npm run bench`; the method is described in [README.md](README.md).",
    "",
    `- ${new Date().toISOString().slice(0, 10)}, \`${results.command}\``,
    `- ${machine()}, load ${results.loadBefore.toFixed(1)} before the run`,
    `- ${results.versions}`,
    `- ${results.settings}`,
    "",
    "## Goals",
    "",
    ...goalsTable(results.goals),
    "",
    "## What accounts cost",
    "",
    "The dashboard's additional CPU, and its share of the requests per second, compared with the same page without accounts.",
    "",
    ...accountCostTable(results.summaries),
    "",
    "## Documents",
    "",
    "All programs have the same layout and pages. Loader data includes what Clerk's components need. Ours are split into more scripts,",
    "because we have more pages.",
    "",
    ...documentsTable(results.documents),
    "",
    "## Throughput",
    "",
    "The ratio is the first row's requests per second divided by this row's: above 1, the first row is faster. Cells with several numbers",
    "are for several numbers of clients. CPU is that of workerd, which also runs D1 and KV.",
    ...results.summaries.flatMap((summary) => [
      "",
      `### ${summary.scenario.title}`,
      "",
      ...lanesTable(summary),
    ]),
    "",
    "## Counts per request",
    "",
    ...countsTable(results.counted),
    "",
    "## Growth",
    "",
    "The first column is the number of users in D1.",
    ...results.growth.flatMap((summary) => [
      "",
      `### ${summary.scenario.title}`,
      "",
      ...lanesTable(summary),
    ]),
    "",
    "## Sizes and start-up",
    "",
    ...programSizesTable(results.programSizes),
    "",
    ...scriptsTable(results.scripts),
    "",
    "## A million daily users",
    "",
    "Their cost, and the first limit they reach, are in [docs/scaling.md](../docs/scaling.md), calculated from these counts.",
    "",
  ].join("\n");
}

export const goalsTable = (goals: readonly Goal[]) =>
  table(
    ["", "goal", "result", ""],
    goals.map(({ metric, goal, result, met }) =>
      row(metric, goal, result, met ? "met" : "**missed**"),
    ),
  );

function lanesTable({ scenario, lanes }: ScenarioSummary): string[] {
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

const programSizesTable = (programSizes: readonly ProgramSize[]) =>
  table(
    ["worker", "module", "gzip", "start-up CPU"],
    programSizes.map(({ label, rawBytes, gzipBytes, startupMs }) =>
      row(label, kilobytes(rawBytes), kilobytes(gzipBytes), `${startupMs.toFixed(0)} ms`),
    ),
  );

const scriptsTable = (scripts: readonly ScriptBytes[]) =>
  table(
    ["page, new browser", "site scripts, gzip", "ClerkJS, gzip"],
    scripts.map(({ path, own, clerk }) => row(`\`${path}\``, kilobytes(own), kilobytes(clerk))),
  );
