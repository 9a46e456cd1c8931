import { sumOf, takeCounters } from "../counting.ts";
import type { Counters } from "../workers/counters.ts";
import { sendAll } from "./load.ts";
import { prepareRequests } from "./requests.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { emptyCache, type Site, type Surroundings } from "./sites.ts";

/** What one request does to the world; every figure is a mean over the same few requests. */
export interface Counts {
  statements: number;
  /** Statements or batches of them: the database runs one after the other. */
  d1Calls: number;
  rowsRead: number;
  rowsWritten: number;
  kvReads: number;
  kvWrites: number;
  fetches: number;
  /** Signature checks of session tokens. */
  rs256: number;
  /** Signature checks of any other kind that the runtime makes. */
  otherSignatures: number;
}

export interface CountedLane {
  scenario: Scenario;
  lane: Lane;
  counts: Counts;
}

const sample = 10;
const warmUp = 8;
const settleMs = 50;

/** Counts every lane once, on sites whose bindings count. */
export async function countLanes(
  scenarios: readonly Scenario[],
  siteOf: (lane: Lane) => Site,
  surroundings: Surroundings,
): Promise<CountedLane[]> {
  const counted = [];
  for (const scenario of scenarios) {
    for (const lane of scenario.lanes) {
      const counts = await countLane(lane, siteOf(lane), surroundings);
      counted.push({ scenario, lane, counts });
    }
  }
  return counted;
}

async function countLane(lane: Lane, site: Site, surroundings: Surroundings): Promise<Counts> {
  const requests = await prepareRequests(lane, site, surroundings, warmUp + sample);
  const options = { clients: 1, status: lane.status, warmUp: 0 };
  if (lane.sender === "strangers") await emptyCache(site);
  await sendAll(site.origin, requests.slice(0, warmUp), options);
  await settled(site);
  await takeCounters(site.origin);
  await sendAll(site.origin, requests.slice(warmUp), options);
  return perRequest(await settled(site));
}

/** The counters once nothing is added to them any more: some work goes on after an answer. */
async function settled({ origin }: Site): Promise<Counters> {
  const sum = await takeCounters(origin);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const more = await takeCounters(origin);
    if (Object.keys(more.calls).length === 0 && sumOf(more, "count") === 0) return sum;
    add(sum, more);
  }
}

function add(sum: Counters, { statements, calls, verifications }: Counters): void {
  for (const [label, { count, rowsRead, rowsWritten }] of Object.entries(statements)) {
    const known = sum.statements[label] ?? { count: 0, rowsRead: 0, rowsWritten: 0 };
    sum.statements[label] = {
      count: known.count + count,
      rowsRead: known.rowsRead + rowsRead,
      rowsWritten: known.rowsWritten + rowsWritten,
    };
  }
  for (const [place, { count, ms }] of Object.entries(calls)) {
    const known = sum.calls[place] ?? { count: 0, ms: 0 };
    sum.calls[place] = { count: known.count + count, ms: known.ms + ms };
  }
  for (const [name, count] of Object.entries(verifications)) {
    sum.verifications[name] = (sum.verifications[name] ?? 0) + count;
  }
}

const rs256Name = "RSASSA-PKCS1-v1_5";

function perRequest(counters: Counters): Counts {
  const calls = (...places: string[]) =>
    places.reduce((sum, place) => sum + (counters.calls[place]?.count ?? 0), 0);
  const signatures = Object.values(counters.verifications).reduce((sum, one) => sum + one, 0);
  const rs256 = counters.verifications[rs256Name] ?? 0;
  return {
    statements: sumOf(counters, "count") / sample,
    d1Calls: calls("D1") / sample,
    rowsRead: sumOf(counters, "rowsRead") / sample,
    rowsWritten: sumOf(counters, "rowsWritten") / sample,
    kvReads: calls("KV get", "KV getWithMetadata", "KV list") / sample,
    kvWrites: calls("KV put", "KV delete") / sample,
    fetches: calls("fetch") / sample,
    rs256: rs256 / sample,
    otherSignatures: (signatures - rs256) / sample,
  };
}
