import type { CountedLane, Counts } from "./counts.ts";
import { coldDashboard, newTokenDashboard } from "./scenarios.ts";
import type { RowBytes } from "./storage.ts";
import type { ScenarioSummary } from "./summary.ts";

interface Use {
  title: string;
  times: number;
  /** Minimum KV reads each time: real requests are too far apart for the isolate's user cache. */
  kvReads?: number;
}

/** Reading a lesson and marking it as done: the page, the form and the page again. */
const oneLesson: readonly Use[] = [
  { title: "Lesson, navigation in the browser (`.data`)", times: 2 },
  { title: "Lesson, marked as done", times: 1, kvReads: 1 },
];

/** One user's requests on one day; docs/scaling.md explains the assumptions. */
export const dailyUse: readonly Use[] = [
  { title: "Catalog, signed out", times: 1 },
  { title: coldDashboard, times: 1 },
  { title: newTokenDashboard, times: 1, kvReads: 1 },
  { title: "Lesson, navigation in the browser (`.data`)", times: 3 },
  { title: "Lesson, marked as done", times: 1, kvReads: 1 },
  { title: "Dashboard, after a lesson was marked", times: 1, kvReads: 1 },
  { title: "Clerk's Frontend API through the worker", times: 20 },
  { title: "Webhook `user.updated`", times: 0.05 },
];
export const dailyUsers = 1_000_000;
const days = 30;
/** The load of the busiest hour relative to the daily average. */
const peakFactor = 4;

/** Workers Paid, in dollars a month. */
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

interface CostLine {
  item: string;
  perUser: number;
  perMonth: number;
  dollars: number;
}

export interface Cost {
  lines: CostLine[];
  dollars: number;
  /** The additional cost of one more lesson per user and day. */
  dollarsPerLesson: number;
  storageGb: number;
  /** Per second, in the busiest hour. */
  peak: { requests: number; d1Calls: number; kvWrites: number; webhooks: number };
}

type Usage = Counts & { requests: number; cpuMs: number };

/** The monthly cost of a million daily users. CPU includes D1 and KV, which run inside workerd. */
export function costOf(
  counted: readonly CountedLane[],
  summaries: readonly ScenarioSummary[],
  bytes: RowBytes,
): Cost {
  const sumFor = (uses: readonly Use[]) => (figure: keyof Usage) =>
    uses.reduce((sum, use) => sum + use.times * usageOf(use, counted, summaries)[figure], 0);
  const daily = sumFor(dailyUse);
  const lines = linesOf(daily);
  const withOneMoreLesson = linesOf(sumFor([...dailyUse, ...oneLesson]));
  const webhooks = dailyUse.find(({ title }) => title.startsWith("Webhook"))?.times ?? 0;
  const rows = bytes.user + webhooks * storage.deliveriesKeptDays * bytes.delivery;
  const storageGb = (dailyUsers * rows) / 1e9;
  const storageDollars = Math.max(0, storageGb - storage.includedGb) * storage.perGb;
  const perSecond = (perUserAndDay: number) => (perUserAndDay * dailyUsers * peakFactor) / 86_400;
  const peak = (figure: keyof Usage) => perSecond(daily(figure));
  return {
    lines,
    dollars: plan + storageDollars + sumOf(lines),
    dollarsPerLesson: sumOf(withOneMoreLesson) - sumOf(lines),
    storageGb,
    peak: {
      requests: peak("requests"),
      d1Calls: peak("d1Calls"),
      kvWrites: peak("kvWrites"),
      webhooks: perSecond(webhooks),
    },
  };
}

const sumOf = (lines: readonly CostLine[]) => lines.reduce((sum, { dollars }) => sum + dollars, 0);

const linesOf = (daily: (figure: keyof Usage) => number) => [
  lineOf("requests", daily("requests")),
  lineOf("CPU ms", daily("cpuMs")),
  lineOf("D1 rows read", daily("rowsRead")),
  lineOf("D1 rows written", daily("rowsWritten")),
  lineOf("KV reads", daily("kvReads")),
  lineOf("KV writes", daily("kvWrites")),
];

function lineOf(item: keyof typeof prices, perUser: number): CostLine {
  const { included, perMillion } = prices[item];
  const perMonth = perUser * dailyUsers * days;
  const dollars = (Math.max(0, perMonth - included) / 1e6) * perMillion;
  return { item, perUser, perMonth, dollars };
}

function usageOf(
  { title, kvReads = 0 }: Use,
  counted: readonly CountedLane[],
  summaries: readonly ScenarioSummary[],
): Usage {
  const counts = counted.find(({ scenario }) => scenario.title === title)?.counts;
  const summary = summaries.find(({ scenario }) => scenario.title === title);
  const point = summary?.lanes[0]?.points.find(({ clients }) => clients === 8);
  if (!counts || !point) throw new Error(`${title} was not measured`);
  const reads = Math.max(counts.kvReads, kvReads);
  return { ...counts, kvReads: reads, requests: 1, cpuMs: point.cpuMs };
}
