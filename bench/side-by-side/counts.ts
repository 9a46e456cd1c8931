import { sumOf, takeCounters } from "../counting.ts";
import type { Counters } from "../workers/counters.ts";
import { sendAll } from "./load.ts";
import { prepareRequests } from "./requests.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import { type BenchContext, emptyCache, type Site } from "./sites.ts";

/** Calls per request, averaged over `sample` requests. */
export interface Counts {
  statements: number;
  /** Statements or batches; D1 runs them one at a time. */
  d1Calls: number;
  rowsRead: number;
  rowsWritten: number;
  kvReads: number;
  kvWrites: number;
  fetches: number;
  /** Signature checks of session tokens. */
  rs256: number;
  /** All other signature checks. */
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

export async function countLanes(
  scenarios: readonly Scenario[],
  siteOf: (lane: Lane) => Site,
  benchContext: BenchContext,
): Promise<CountedLane[]> {
  const counted = [];
  for (const scenario of scenarios) {
    for (const lane of scenario.lanes) {
      const counts = await countLane(lane, siteOf(lane), benchContext);
      counted.push({ scenario, lane, counts });
    }
  }
  return counted;
}

async function countLane(lane: Lane, site: Site, benchContext: BenchContext): Promise<Counts> {
  const requests = await prepareRequests(lane, site, benchContext, warmUp + sample);
  const options = { clients: 1, status: lane.status, warmUp: 0 };
  if (lane.sender === "oneTimeUsers") await emptyCache(site);
  await sendAll(site.origin, requests.slice(0, warmUp), options);
  await collectCounters(site);
  await takeCounters(site.origin);
  await sendAll(site.origin, requests.slice(warmUp), options);
  return perRequest(await collectCounters(site));
}

/** Waits until background work after the response has finished. */
async function collectCounters({ origin }: Site): Promise<Counters> {
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
  const signatures = Object.values(counters.verifications).reduce((sum, value) => sum + value, 0);
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
