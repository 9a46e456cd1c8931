import { createControlClient } from "../../tests/clerk/control-client.ts";
import { capturePages } from "./captured.ts";
import { startClerkThread } from "./clerk-thread.ts";
import { createPeople } from "./people.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { type BenchContext, type Site, startSite } from "./sites.ts";

/** One site for each program and population. */
export interface Sites {
  of(lane: Lane): Site;
  close(): Promise<void>;
}

const defaultPopulation = 1_000;

export async function prepareBenchContext(oneTimeUsers: number) {
  const clerk = await startClerkThread();
  const people = await createPeople(createControlClient(clerk.origin), oneTimeUsers);
  const withoutPages: BenchContext = { clerk, people, pages: "{}" };
  const site = await startSite({
    ...withoutPages,
    program: "platform",
    population: defaultPopulation,
  });
  const pages = await capturePages(site, withoutPages);
  await site.close();
  return { ...withoutPages, pages };
}

export async function startSites(
  scenarios: readonly Scenario[],
  benchContext: BenchContext,
  counted = false,
): Promise<Sites> {
  const sites = new Map<string, Site>();
  const keyOf = ({ program, population = defaultPopulation }: Lane) => `${program} ${population}`;
  for (const lane of scenarios.flatMap(({ lanes }) => lanes)) {
    if (sites.has(keyOf(lane))) continue;
    const { program, population = defaultPopulation } = lane;
    sites.set(keyOf(lane), await startSite({ ...benchContext, program, population, counted }));
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
