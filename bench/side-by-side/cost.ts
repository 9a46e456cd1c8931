import type { CountedLane, Counts } from "./counts.ts";
import type { RowBytes } from "./storage.ts";
import type { ScenarioSummary } from "./summary.ts";

interface Use {
  title: string;
  times: number;
  /** People click more slowly than an isolate remembers them: each time costs so many reads of KV at least. */
  kvReads?: number;
}

/** What somebody who comes on a day does there; docs/scaling.md says why. */
export const dailyUse: readonly Use[] = [
  { title: "Catalogue, signed out", times: 1 },
  { title: "Dashboard, nothing cached", times: 3 },
  { title: "Dashboard, a new token each time", times: 1, kvReads: 1 },
  { title: "Dashboard, navigation in the browser (`.data`)", times: 8, kvReads: 1 },
  { title: "Clerk's Frontend API through the worker", times: 20 },
  { title: "Webhook `user.updated`", times: 0.05 },
];
export const dailyUsers = 1_000_000;
const days = 30;
/** How much busier the busiest hour is than the mean of the day. */
const peakFactor = 4;

/** Workers Paid, in dollars: so much is included a month, then so much for a million (for storage: a gigabyte). */
const prices = {
  requests: { included: 10e6, perMillion: 0.3 },
  "CPU ms": { included: 30e6, perMillion: 0.02 },
  "D1 rows read": { included: 25e9, perMillion: 0.001 },
  "D1 rows written": { included: 50e6, perMillion: 1 },
  "KV reads": { included: 10e6, perMillion: 0.5 },
  "KV writes": { included: 1e6, perMillion: 5 },
} as const;
const plan = 5;
const storage = { includedGb: 5, perGb: 0.75, deliveriesKeptDays: 30 };

export interface CostLine {
  what: string;
  perUser: number;
  perMonth: number;
  dollars: number;
}

export interface Cost {
  lines: CostLine[];
  dollars: number;
  storageGb: number;
  /** In the busiest hour. */
  peak: { requests: number; statements: number; kvWrites: number; webhooks: number };
}

type Usage = Counts & { requests: number; cpuMs: number };

/** What a month of a million daily users costs by the measured counts; CPU is that of workerd here, its D1 and KV included. */
export function costOf(
  counted: readonly CountedLane[],
  summaries: readonly ScenarioSummary[],
  bytes: RowBytes,
): Cost {
  const uses = dailyUse.map((use) => ({
    times: use.times,
    usage: usageOf(use, counted, summaries),
  }));
  const daily = (figure: keyof Usage) =>
    uses.reduce((sum, { times, usage }) => sum + times * usage[figure], 0);
  const lines = [
    lineOf("requests", daily("requests")),
    lineOf("CPU ms", daily("cpuMs")),
    lineOf("D1 rows read", daily("rowsRead")),
    lineOf("D1 rows written", daily("rowsWritten")),
    lineOf("KV reads", daily("kvReads")),
    lineOf("KV writes", daily("kvWrites")),
  ];
  const webhooks = dailyUse.find(({ title }) => title.startsWith("Webhook"))?.times ?? 0;
  const rows = bytes.user + webhooks * storage.deliveriesKeptDays * bytes.delivery;
  const storageGb = (dailyUsers * rows) / 1e9;
  const forStorage = Math.max(0, storageGb - storage.includedGb) * storage.perGb;
  const perSecond = (aUserAndDay: number) => (aUserAndDay * dailyUsers * peakFactor) / 86_400;
  const peak = (figure: keyof Usage) => perSecond(daily(figure));
  return {
    lines,
    dollars: lines.reduce((sum, line) => sum + line.dollars, plan + forStorage),
    storageGb,
    peak: {
      requests: peak("requests"),
      statements: peak("statements"),
      kvWrites: peak("kvWrites"),
      webhooks: perSecond(webhooks),
    },
  };
}

function lineOf(what: keyof typeof prices, perUser: number): CostLine {
  const { included, perMillion } = prices[what];
  const perMonth = perUser * dailyUsers * days;
  const dollars = (Math.max(0, perMonth - included) / 1e6) * perMillion;
  return { what, perUser, perMonth, dollars };
}

function usageOf(
  { title, kvReads = 0 }: Use,
  counted: readonly CountedLane[],
  summaries: readonly ScenarioSummary[],
): Usage {
  const counts = counted.find(({ scenario }) => scenario.title === title)?.counts;
  const summary = summaries.find(({ scenario }) => scenario.title === title);
  const point = summary?.lanes[0]?.points.find(({ clients }) => clients === 8);
  if (!counts || !point) throw new Error(`Nothing is known of ${title}`);
  const reads = Math.max(counts.kvReads, kvReads);
  return { ...counts, kvReads: reads, requests: 1, cpuMs: point.cpuMs };
}
