import { type ProgramName, programOf } from "./programs.ts";
import type { Track } from "./rounds.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { median } from "./statistics.ts";

/** A lane's medians over the rounds for one number of clients. */
export interface Point {
  clients: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuMs: number;
  bytes: number;
  /** The first lane's throughput divided by this one's, per round. */
  ratio: number;
}

interface LaneSummary {
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
  const first = all.find((track) => track.lane === scenario.lanes[0] && track.clients === clients);
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

export const pointAt8Clients = (
  summaries: readonly ScenarioSummary[],
  title: string,
  program: ProgramName,
): Point | undefined =>
  summaries
    .find(({ scenario }) => scenario.title === title)
    ?.lanes.find(({ lane }) => lane.program === program)
    ?.points.find(({ clients }) => clients === 8);

/** The first lane's requests per second divided by those of another program. */
export const ratioTo = (
  summaries: readonly ScenarioSummary[],
  title: string,
  program: ProgramName,
): number => pointAt8Clients(summaries, title, program)?.ratio ?? Number.NaN;
