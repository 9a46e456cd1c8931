import { createControlClient } from "../../tests/clerk/control-client.ts";
import { capturePages } from "./captured.ts";
import { startClerkThread } from "./clerk-thread.ts";
import { createPeople } from "./people.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { type Site, type Surroundings, startSite } from "./sites.ts";

/** Every site that the lanes need, one for each program and size. */
export interface Sites {
  of(lane: Lane): Site;
  close(): Promise<void>;
}

const defaultPopulation = 1_000;

/** The local Clerk, the people, and what the application's pages show them. */
export async function prepareSurroundings(strangers: number) {
  const clerk = await startClerkThread();
  const people = await createPeople(createControlClient(clerk.origin), strangers);
  const unknown: Surroundings = { clerk, people, pages: "{}" };
  const site = await startSite({
    ...unknown,
    program: "platform",
    population: defaultPopulation,
  });
  const pages = await capturePages(site, unknown);
  await site.close();
  return { ...unknown, pages };
}

export async function startSites(
  scenarios: readonly Scenario[],
  surroundings: Surroundings,
  counted = false,
): Promise<Sites> {
  const sites = new Map<string, Site>();
  const keyOf = ({ program, population = defaultPopulation }: Lane) => `${program} ${population}`;
  for (const lane of scenarios.flatMap(({ lanes }) => lanes)) {
    if (sites.has(keyOf(lane))) continue;
    const { program, population = defaultPopulation } = lane;
    sites.set(keyOf(lane), await startSite({ ...surroundings, program, population, counted }));
  }
  return {
    of(lane) {
      const site = sites.get(keyOf(lane));
      if (!site) throw new Error(`No site for ${keyOf(lane)}`);
      return site;
    },
    async close() {
      await Promise.all([...sites.values()].map((site) => site.close()));
    },
  };
}
