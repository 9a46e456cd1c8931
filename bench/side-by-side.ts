import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import * as z from "zod";
import { versions } from "./machine.ts";
import { accountCostTable } from "./side-by-side/account-cost.ts";
import { costOf } from "./side-by-side/cost.ts";
import { countLanes } from "./side-by-side/counts.ts";
import { measureDocuments } from "./side-by-side/documents.ts";
import { writeFigures } from "./side-by-side/figures.ts";
import { goalsOf } from "./side-by-side/goals.ts";
import { goalsTable, resultsPage } from "./side-by-side/markdown.ts";
import { prepareBenchContext, startSites } from "./side-by-side/platforms.ts";
import { measurePrograms } from "./side-by-side/program-sizes.ts";
import { buildRivals } from "./side-by-side/programs.ts";
import { runRounds, tracksOf, warmUpOf } from "./side-by-side/rounds.ts";
import { scalingFigures } from "./side-by-side/scaling.ts";
import { growthScenarios, scenarios } from "./side-by-side/scenarios.ts";
import { type BenchContext, startSite } from "./side-by-side/sites.ts";
import { scriptBytes } from "./side-by-side/sizes.ts";
import { measureRows } from "./side-by-side/storage.ts";
import { summarize } from "./side-by-side/summary.ts";

/** `npm run bench`: compares the built worker with its rivals in one run. */
const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "250" },
    rounds: { type: "string", default: "5" },
    million: { type: "boolean", default: false },
  },
});
const number = z.coerce.number().int().positive();
const settings = { requests: number.parse(values.requests), rounds: number.parse(values.rounds) };
const populations = [1_000, 100_000, ...(values.million ? [1_000_000] : [])];
const startedAt = performance.now();
const print = (message: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${message}`);

async function measureThroughput(benchContext: BenchContext) {
  const sites = await startSites(scenarios, benchContext);
  try {
    const documents = await measureDocuments(scenarios, sites.of, benchContext);
    print("All programs show the same pages. Sending requests …");
    const tracks = tracksOf(scenarios, sites.of);
    await runRounds(tracks, benchContext, settings);
    return { documents, summaries: summarize(tracks) };
  } finally {
    await sites.close();
  }
}

async function measureGrowth(benchContext: BenchContext) {
  const growthLanes = growthScenarios(populations);
  const sites = await startSites(growthLanes, benchContext);
  try {
    const tracks = tracksOf(growthLanes, sites.of);
    await runRounds(tracks, benchContext, settings);
    const [small = 0] = populations;
    const large = populations.at(-1) ?? small;
    const siteOf = (population: number) => sites.of({ ...platformLane, population });
    const bytes = await measureRows(siteOf(small), siteOf(large), large - small);
    return { growth: summarize(tracks), bytes };
  } finally {
    await sites.close();
  }
}

const platformLane = {
  program: "platform",
  sender: "anonymous",
  path: "/",
  as: "document",
  status: 200,
} as const;

async function measureScripts(benchContext: BenchContext) {
  const site = await startSite({ ...benchContext, program: "platform", population: 0 });
  try {
    return await scriptBytes(site, benchContext);
  } finally {
    await site.close();
  }
}

async function measureCounts(benchContext: BenchContext) {
  const sites = await startSites(scenarios, benchContext, true);
  try {
    return await countLanes(scenarios, sites.of, benchContext);
  } finally {
    await sites.close();
  }
}

const [loadBefore = 0] = loadavg();
print("Building the rivals …");
await buildRivals();
print("Starting the local Clerk …");
const maxWarmUp = warmUpOf(64);
const benchContext = await prepareBenchContext(settings.requests + maxWarmUp);
const scripts = await measureScripts(benchContext);
const { documents, summaries } = await measureThroughput(benchContext);
print("Measuring growth …");
const { growth, bytes } = await measureGrowth(benchContext);
print("Counting calls …");
const counted = await measureCounts(benchContext);
await benchContext.clerk.close();
print("Measuring start-up …");
const programSizes = await measurePrograms(settings.rounds);
const [platform] = programSizes;
if (!platform) throw new Error("No program was measured");
const { gzipBytes: workerGzipBytes, startupMs } = platform;
const flags = Object.entries(settings).map(([name, value]) => `--${name} ${value}`);
const cost = costOf(counted, summaries, bytes);
const { dollars } = cost;
const goals = goalsOf({ summaries, counted, workerGzipBytes, startupMs, scripts, dollars });
const text = resultsPage({
  command: `npm run bench -- ${[...flags, ...(values.million ? ["--million"] : [])].join(" ")}`,
  versions: await versions([
    "workerd",
    "wrangler",
    "miniflare",
    "@remix-run/cloudflare",
    "@clerk/remix",
    "better-auth",
  ]),
  settings: `${settings.requests} requests per round after a warm-up, ${settings.rounds} rounds, 1,000 users in D1 unless noted`,
  loadBefore,
  goals,
  documents,
  summaries,
  growth,
  counted,
  programSizes,
  scripts,
});
await writeFile("bench/RESULTS.md", text);
await writeFigures("docs/scaling.md", scalingFigures(cost));
await writeFigures("docs/benchmarks.md", [
  ...goalsTable(goals),
  "",
  ...accountCostTable(summaries),
]);
const pages = ["bench/RESULTS.md", "docs/scaling.md", "docs/benchmarks.md"];
execFileSync("node_modules/.bin/biome", ["format", "--write", ...pages]);
print("Done");
console.log(`\n${text}\nWritten to ${pages.join(", ")}.`);
