import { machine } from "../machine.ts";
import { row, table } from "../markdown-table.ts";
import type { MeasuredVisit } from "./pages.ts";

interface FirstVisitResults {
  command: string;
  versions: string;
  browserVersion: string;
  loadBefore: number;
  rounds: number;
  visits: readonly MeasuredVisit[];
}

const homeGoal = { total: 180_000, fonts: 45_000 };

const columns = [
  ["documents", "Document"],
  ["styles", "Stylesheet"],
  ["fonts", "Font"],
  ["scripts", "Script"],
  ["images", "Image"],
] as const;

/** Renders `bench/FIRST-VISIT.md`. */
export function firstVisitPage(results: FirstVisitResults): string {
  return [
    "# The first visit",
    "",
    "Written by `npm run bench:visit`; the method is described in [README.md](README.md).",
    "",
    `- ${new Date().toISOString().slice(0, 10)}, \`${results.command}\``,
    `- ${machine()}, load ${results.loadBefore.toFixed(1)} before the run`,
    `- ${results.versions}, Chromium ${results.browserVersion}`,
    "",
    "## Time on slow 3G",
    "",
    `400 ms per round trip, 400 kbit/s, processor slowed down six times; medians of ${results.rounds} visits.`,
    "",
    ...table(
      ["page", "measured", "goal", "result", ""],
      results.visits.map(({ label, fieldLabel, ms, goalMs }) =>
        row(
          label,
          fieldLabel === undefined ? "largest paint" : "form shown",
          `≤ ${seconds(goalMs)}`,
          seconds(ms),
          verdict(ms, goalMs),
        ),
      ),
    ),
    "",
    "## Bytes",
    "",
    ...table(
      ["page, in kB", "total", ...columns.map(([heading]) => heading), "other"],
      results.visits.map(bytesRow),
    ),
    "",
    ...homeGoals(results.visits),
    "",
  ].join("\n");
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
const verdict = (result: number, goal: number) => (result <= goal ? "met" : "**missed**");
const total = ({ bytes }: MeasuredVisit) => [...bytes.values()].reduce((sum, n) => sum + n, 0);

function bytesRow(visit: MeasuredVisit): string {
  const known = columns.map(([, type]) => visit.bytes.get(type) ?? 0);
  const other = known.reduce((rest, bytes) => rest - bytes, total(visit));
  return row(visit.label, ...[total(visit), ...known, other].map(kilobytes));
}

function homeGoals([home]: readonly MeasuredVisit[]): string[] {
  if (!home) return [];
  const fonts = home.bytes.get("Font") ?? 0;
  return [
    `- Home in all ≤ ${kilobytes(homeGoal.total)} kB: ${verdict(total(home), homeGoal.total)}`,
    `- Its fonts ≤ ${kilobytes(homeGoal.fonts)} kB: ${verdict(fonts, homeGoal.fonts)}`,
  ];
}
