import { row, table } from "../markdown-table.ts";
import { type ProgramName, programOf } from "./programs.ts";
import { coldDashboard, newTokenDashboard, warmDashboard } from "./scenarios.ts";
import { pointAt8Clients, type ScenarioSummary } from "./summary.ts";

const programs: readonly ProgramName[] = [
  "platform",
  "clerkApi",
  "clerkClaims",
  "clerkD1",
  "betterAuthD1",
  "betterAuthCookie",
];

/** The CPU that accounts add to the dashboard, and the ratio to the page without accounts. */
export const accountCostTable = (summaries: readonly ScenarioSummary[]) =>
  table(
    ["8 clients", "warm token", "new token", "nothing cached"],
    programs.map((program) =>
      row(
        programOf(program).label,
        ...[warmDashboard, newTokenDashboard, coldDashboard].map((title) =>
          costOf(summaries, title, program),
        ),
      ),
    ),
  );

function costOf(
  summaries: readonly ScenarioSummary[],
  title: string,
  program: ProgramName,
): string {
  const point = pointAt8Clients(summaries, title, program);
  const plain = pointAt8Clients(summaries, title, "plain");
  if (!point || !plain) return "";
  const ms = point.cpuMs - plain.cpuMs;
  return `${ms < 0 ? "−" : "+"}${Math.abs(ms).toFixed(2)} ms, ${(plain.ratio / point.ratio).toFixed(2)}`;
}
