import type { CountedLane } from "./counts.ts";
import { programs } from "./programs.ts";
import { warmDashboard } from "./scenarios.ts";
import type { ScriptBytes } from "./sizes.ts";
import { ratioTo, type ScenarioSummary } from "./summary.ts";

export interface Goal {
  metric: string;
  goal: string;
  result: string;
  met: boolean;
}

interface Findings {
  summaries: readonly ScenarioSummary[];
  counted: readonly CountedLane[];
  workerGzipBytes: number;
  startupMs: number;
  scripts: readonly ScriptBytes[];
  dollars: number;
}

const recordReaders = Object.entries(programs).flatMap(([name, program]) =>
  "readsRecord" in program ? [name] : [],
);

/** Ratios are of requests per second with 8 clients. */
export function goalsOf(findings: Findings): Goal[] {
  const { summaries, counted, workerGzipBytes, startupMs, scripts, dollars } = findings;
  const counts = counted.find(({ scenario }) => scenario.title === warmDashboard)?.counts;
  const readers = summaries
    .find(({ scenario }) => scenario.title === warmDashboard)
    ?.lanes.filter(({ lane }) => recordReaders.includes(lane.program));
  const toReaders = readers?.map(({ lane }) => ratioTo(summaries, warmDashboard, lane.program));
  return [
    atLeast(
      "Dashboard to the same page without accounts",
      ratioTo(summaries, warmDashboard, "plain"),
      0.85,
    ),
    atLeast(
      "Dashboard to the fastest rival that reads the user's record",
      Math.min(...(toReaders ?? [Number.NaN])),
      1,
    ),
    atMost("D1 statements of the dashboard", counts?.statements ?? Number.NaN, 0),
    atMost("KV reads of the dashboard", counts?.kvReads ?? Number.NaN, 1),
    atMost("Fetches of the dashboard", counts?.fetches ?? Number.NaN, 0),
    atMost("A million daily users, dollars per month", dollars, 700),
    atMost("Worker, gzip", workerGzipBytes / 1000, 420, " kB"),
    atMost("Start-up", startupMs, 80, " ms"),
    atMost("ClerkJS on anonymous pages", clerkKilobytes(scripts, "/"), 0, " kB"),
  ];
}

const clerkKilobytes = (scripts: readonly ScriptBytes[], path: string) =>
  (scripts.find((page) => page.path === path)?.clerk ?? Number.NaN) / 1000;

const atLeast = (metric: string, value: number, goal: number): Goal => ({
  metric,
  goal: `≥ ${goal}`,
  result: value.toFixed(2),
  met: value >= goal,
});

const atMost = (metric: string, value: number, goal: number, unit = ""): Goal => ({
  metric,
  goal: `≤ ${goal}${unit}`,
  result: `${Number(value.toFixed(2))}${unit}`,
  met: value <= goal,
});
