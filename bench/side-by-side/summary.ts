import { programOf } from "./programs.ts";
import type { Track } from "./rounds.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { median } from "./statistics.ts";

/** What a lane has shown at one number of clients: medians over the rounds. */
export interface Point {
  clients: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuMs: number;
  bytes: number;
  /** The first lane's throughput to this one's, round by round. */
  ratio: number;
}

export interface LaneSummary {
  lane: Lane;
  label: string;
  points: Point[];
}

export interface ScenarioSummary {
  scenario: Scenario;
  lanes: LaneSummary[];
}

export const labelOf = ({ label, program }: Lane) => label ?? programOf(program).label;

export function summarize(tracks: readonly Track[]): ScenarioSummary[] {
  return [...Map.groupBy(tracks, ({ scenario }) => scenario)].map(([scenario, all]) => ({
    scenario,
    lanes: scenario.lanes.map((lane) => ({
      lane,
      label: labelOf(lane),
      points: all.filter((track) => track.lane === lane).map((track) => pointOf(track, all)),
    })),
  }));
}

function pointOf({ clients, runs, scenario }: Track, all: readonly Track[]): Point {
  const first = all.find((one) => one.lane === scenario.lanes[0] && one.clients === clients);
  const ratios = runs.map((run, round) => (first?.runs[round]?.perSecond ?? 0) / run.perSecond);
  return {
    clients,
    perSecond: median(runs.map((run) => run.perSecond)),
    p50Ms: median(runs.map((run) => run.p50Ms)),
    p99Ms: median(runs.map((run) => run.p99Ms)),
    cpuMs: median(runs.map((run) => run.cpuMs ?? Number.NaN)),
    bytes: median(runs.map((run) => run.bytes)),
    ratio: median(ratios),
  };
}

/** What the first lane of a scenario has shown against another one, where there are 8 clients. */
export function ratioAgainst(
  summaries: readonly ScenarioSummary[],
  title: string,
  find: (lane: Lane) => boolean,
): number {
  const rival = lanesOf(summaries, title)
    .slice(1)
    .find(({ lane }) => find(lane));
  return at8Clients(rival)?.ratio ?? Number.NaN;
}

/** The CPU time of the first lane of a scenario to that of the second, where there are 8 clients. */
export function cpuAgainst(summaries: readonly ScenarioSummary[], title: string): number {
  const [first, second] = lanesOf(summaries, title).map((lane) => at8Clients(lane)?.cpuMs);
  return (first ?? Number.NaN) / (second ?? Number.NaN);
}

const lanesOf = (summaries: readonly ScenarioSummary[], title: string) =>
  summaries.find(({ scenario }) => scenario.title === title)?.lanes ?? [];

const at8Clients = (summary: LaneSummary | undefined) =>
  summary?.points.find(({ clients }) => clients === 8);
