import type { CountedLane, Counts } from "./counts.ts";
import { coldDashboard, newTokenDashboard } from "./scenarios.ts";
import type { RowBytes } from "./storage.ts";
import type { ScenarioSummary } from "./summary.ts";

interface Use {
  title: string;
  times: number;
  /** The fewest KV reads each time: real clicks are further apart than an isolate remembers a user. */
  kvReads?: number;
}

/** What reading a lesson and marking it as done adds: the page, the form, and the page again. */
const oneLesson: readonly Use[] = [
  { title: "Lesson, navigation in the browser (`.data`)", times: 2 },
  { title: "Lesson, marked as done", times: 1, kvReads: 1 },
];

/** What a user does on a day; docs/scaling.md says why. */
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
/** The load of the busiest hour over the mean of the day. */
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
  what: string;
  perUser: number;
  perMonth: number;
  dollars: number;
}

export interface Cost {
  lines: CostLine[];
  dollars: number;
  /** What each further lesson that every user reads and marks on a day would add. */
  dollarsPerLesson: number;
  storageGb: number;
  /** A second, in the busiest hour. */
  peak: { requests: number; d1Calls: number; kvWrites: number; webhooks: number };
}

type Usage = Counts & { requests: number; cpuMs: number };

/** What a million daily users cost a month. CPU includes the D1 and KV that run inside workerd here. */
export function costOf(
  counted: readonly CountedLane[],
  summaries: readonly ScenarioSummary[],
  bytes: RowBytes,
): Cost {
  const sumFor = (uses: readonly Use[]) => (figure: keyof Usage) =>
    uses.reduce((sum, use) => sum + use.times * usageOf(use, counted, summaries)[figure], 0);
  const daily = sumFor(dailyUse);
  const lines = linesOf(daily);
  const more = linesOf(sumFor([...dailyUse, ...oneLesson]));
  const webhooks = dailyUse.find(({ title }) => title.startsWith("Webhook"))?.times ?? 0;
  const rows = bytes.user + webhooks * storage.deliveriesKeptDays * bytes.delivery;
  const storageGb = (dailyUsers * rows) / 1e9;
  const forStorage = Math.max(0, storageGb - storage.includedGb) * storage.perGb;
  const perSecond = (aUserAndDay: number) => (aUserAndDay * dailyUsers * peakFactor) / 86_400;
  const peak = (figure: keyof Usage) => perSecond(daily(figure));
  return {
    lines,
    dollars: plan + forStorage + sumOf(lines),
    dollarsPerLesson: sumOf(more) - sumOf(lines),
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
  if (!counts || !point) throw new Error(`${title} was not measured`);
  const reads = Math.max(counts.kvReads, kvReads);
  return { ...counts, kvReads: reads, requests: 1, cpuMs: point.cpuMs };
}
