import { row, table, whole } from "../markdown-table.ts";
import { type Cost, dailyUse } from "./cost.ts";
import { limitsOf } from "./limits.ts";

/** The figures of docs/scaling.md. */
export function scalingFigures(cost: Cost): string[] {
  const { lines, dollars, dollarsPerLesson, storageGb, peak } = cost;
  return [
    ...table(
      ["what a user does on a day", "times"],
      dailyUse.map(({ title, times }) => row(title, times)),
    ),
    "",
    ...table(
      ["", "per user and day", "a month", "dollars a month"],
      lines.map(({ what, perUser, perMonth, dollars: price }) =>
        row(what, Number(perUser.toFixed(2)), `${whole(perMonth / 1e6)} M`, whole(price)),
      ),
    ),
    "",
    `With the plan and ${storageGb.toFixed(1)} GB in D1: **${whole(dollars)} dollars a month**. Each further lesson a day that every user`,
    `reads and marks adds ${whole(dollarsPerLesson)}. In the busiest hour there are ${whole(peak.requests)} requests, ${whole(peak.d1Calls)} D1 calls and`,
    `${whole(peak.kvWrites)} KV writes a second.`,
    "",
    ...table(
      ["limit, tightest first", "", "used", "reached at"],
      limitsOf(cost).map(({ what, limit, share, usersAtLimit }) =>
        row(
          what,
          limit,
          `${(share * 100).toFixed(0)} %`,
          `${(usersAtLimit / 1e6).toFixed(1)} M daily users`,
        ),
      ),
    ),
  ];
}
