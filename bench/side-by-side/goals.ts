import type { CountedLane } from "./counts.ts";
import type { ScriptBytes } from "./sizes.ts";
import { cpuAgainst, ratioAgainst, type ScenarioSummary } from "./summary.ts";

export interface Goal {
  what: string;
  goal: string;
  found: string;
  met: boolean;
}

interface Findings {
  summaries: readonly ScenarioSummary[];
  counted: readonly CountedLane[];
  workerGzipBytes: number;
  startupMs: number;
  scripts: readonly ScriptBytes[];
}

const dashboard = "Dashboard, signed in";

/** What must hold, and whether it does. Ratios are of requests a second unless said, with 8 clients. */
export function goalsOf(findings: Findings): Goal[] {
  const { summaries, counted, workerGzipBytes, startupMs, scripts } = findings;
  const against = (title: string, program: string) =>
    ratioAgainst(summaries, title, (lane) => lane.program === program);
  const refused = (title: string) => cpuAgainst(summaries, title);
  const counts = counted.find(({ scenario }) => scenario.title === dashboard)?.counts;
  return [
    atLeast("Dashboard to the same page with no accounts", against(dashboard, "plain"), 0.85),
    atLeast("Dashboard to Clerk as documented", against(dashboard, "clerkApi"), 1.5),
    atLeast("`/api/me` to the bare worker", against("`/api/me`", "bare"), 0.5),
    atLeast(
      "Webhook to signature check and one D1 batch",
      against("Webhook `user.updated`", "verifyAndStore"),
      0.5,
    ),
    atMost("CPU of a refused page to a served one", refused("Refused: `/dashboard` signed out"), 1),
    atMost(
      "CPU of a refused `/api/me` to a served one",
      refused("Refused: `/api/me` without a session"),
      1,
    ),
    atMost("D1 statements of the dashboard", counts?.statements ?? Number.NaN, 0),
    atMost("KV reads of the dashboard", counts?.kvReads ?? Number.NaN, 1),
    atMost("Fetches of the dashboard", counts?.fetches ?? Number.NaN, 0),
    atMost("Session tokens verified by the dashboard", counts?.rs256 ?? Number.NaN, 2),
    atMost("Worker, gzip", workerGzipBytes / 1000, 350, " kB"),
    atMost("Start-up", startupMs, 60, " ms"),
    atMost("ClerkJS for who only reads", clerkKilobytes(scripts, "/"), 0, " kB"),
  ];
}

const clerkKilobytes = (scripts: readonly ScriptBytes[], path: string) =>
  (scripts.find((page) => page.path === path)?.clerk ?? Number.NaN) / 1000;

const atLeast = (what: string, found: number, goal: number): Goal => ({
  what,
  goal: `≥ ${goal}`,
  found: found.toFixed(2),
  met: found >= goal,
});

const atMost = (what: string, found: number, goal: number, unit = ""): Goal => ({
  what,
  goal: `≤ ${goal}${unit}`,
  found: `${Number(found.toFixed(2))}${unit}`,
  met: found <= goal,
});
