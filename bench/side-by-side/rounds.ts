import { expectSamePage } from "./captured.ts";
import { type Run, sendAll } from "./load.ts";
import { prepareRequests } from "./requests.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { emptyCache, type Site, type Surroundings } from "./sites.ts";

export interface Settings {
  rounds: number;
  requests: number;
}

/** A lane at one number of clients, with a run a round. */
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

/** The lanes of a scenario take turns, in another order each round, so that a slow moment of the machine hits all. */
export async function runRounds(
  tracks: readonly Track[],
  surroundings: Surroundings,
  { rounds, requests }: Settings,
): Promise<void> {
  const groups = Map.groupBy(tracks, ({ scenario, clients }) => `${scenario.title}, ${clients}`);
  for (let round = 0; round < rounds; round++) {
    for (const group of groups.values()) {
      const order = group.map((_, i) => group[(i + round) % group.length]);
      for (const track of order) {
        if (!track) continue;
        const { times = 1 } = track.scenario;
        track.runs.push(await runTrack(track, surroundings, times * requests));
      }
    }
    console.log(`Round ${round + 1} of ${rounds} done`);
  }
}

export const warmUpOf = (clients: number) => 16 + clients;

async function runTrack(
  { lane, site, clients, scenario }: Track,
  surroundings: Surroundings,
  requests: number,
): Promise<Run> {
  const warmUp = warmUpOf(clients);
  const prepared = await prepareRequests(lane, site, surroundings, warmUp + requests);
  if (lane.sender === "strangers") await emptyCache(site);
  try {
    return await sendAll(site.origin, prepared, { clients, status: lane.status, warmUp });
  } catch (cause) {
    throw new Error(`${scenario.title}: ${lane.program}`, { cause });
  }
}

/** Search engines get each document whole; others see parts of it later. */
const robot = { "User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" };

/** @throws unless what a scenario's lanes show as a document is the same page. */
export async function expectSamePages(
  scenarios: readonly Scenario[],
  siteOf: SiteOf,
  surroundings: Surroundings,
): Promise<void> {
  for (const { title, lanes } of scenarios) {
    const documents = lanes.filter(({ as, status }) => as === "document" && status === 200);
    const pages = [];
    for (const lane of documents) {
      const site = siteOf(lane);
      const [request] = await prepareRequests(lane, site, surroundings, 1);
      const response = await fetch(`${site.origin}${lane.path}`, {
        headers: { ...request?.headers, ...robot },
      });
      pages.push({ label: `${title}: ${lane.program}`, html: await response.text() });
    }
    for (const { label, html } of pages) expectSamePage(label, html, pages[0]?.html ?? "");
  }
}
