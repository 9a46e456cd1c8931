import { type Run, sendAll } from "./load.ts";
import { prepareRequests } from "./requests.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { type BenchContext, emptyCache, type Site } from "./sites.ts";

export interface Settings {
  rounds: number;
  requests: number;
}

/** A lane with a number of clients and its runs, one per round. */
export interface Track {
  scenario: Scenario;
  clients: number;
  lane: Lane;
  site: Site;
  runs: Run[];
}

export type SiteOf = (lane: Lane) => Site;

export const tracksOf = (scenarios: readonly Scenario[], siteOf: SiteOf): Track[] =>
  scenarios.flatMap((scenario) =>
    scenario.clients.flatMap((clients) =>
      scenario.lanes.map((lane) => ({ scenario, clients, lane, site: siteOf(lane), runs: [] })),
    ),
  );

/** Rotates the order of the lanes, so that slow moments of the machine affect all of them. */
export async function runRounds(
  tracks: readonly Track[],
  benchContext: BenchContext,
  { rounds, requests }: Settings,
): Promise<void> {
  const groups = Map.groupBy(tracks, ({ scenario, clients }) => `${scenario.title}, ${clients}`);
  for (let round = 0; round < rounds; round++) {
    for (const group of groups.values()) {
      const order = group.map((_, i) => group[(i + round) % group.length]);
      for (const track of order) {
        if (!track) continue;
        const { times = 1 } = track.scenario;
        track.runs.push(await runTrack(track, benchContext, times * requests));
      }
    }
    console.log(`Round ${round + 1} of ${rounds} done`);
  }
}

export const warmUpOf = (clients: number) => 16 + clients;

async function runTrack(
  { lane, site, clients, scenario }: Track,
  benchContext: BenchContext,
  requests: number,
): Promise<Run> {
  const warmUp = warmUpOf(clients);
  const prepared = await prepareRequests(lane, site, benchContext, warmUp + requests);
  if (lane.sender === "oneTimeUsers") await emptyCache(site);
  try {
    return await sendAll(site.origin, prepared, { clients, status: lane.status, warmUp });
  } catch (cause) {
    throw new Error(`${scenario.title}: ${lane.program}`, { cause });
  }
}
