import { row, table, whole } from "../markdown-table.ts";
import { type Cost, dailyUse } from "./cost.ts";
import { limitsOf } from "./limits.ts";

/** Renders the figures in docs/scaling.md. */
export function scalingFigures(cost: Cost): string[] {
  const { lines, dollars, dollarsPerLesson, storageGb, peak } = cost;
  return [
    ...table(
      ["daily actions of a user", "times"],
      dailyUse.map(({ title, times }) => row(title, times)),
    ),
    "",
    ...table(
      ["", "per user and day", "per month", "dollars per month"],
      lines.map(({ item, perUser, perMonth, dollars: price }) =>
        row(item, Number(perUser.toFixed(2)), `${whole(perMonth / 1e6)} M`, whole(price)),
      ),
    ),
    "",
    `Total with the plan and ${storageGb.toFixed(1)} GB in D1: **${whole(dollars)} dollars per month**. One more lesson per user and day`,
    `adds ${whole(dollarsPerLesson)}. The busiest hour has ${whole(peak.requests)} requests, ${whole(peak.d1Calls)} D1 calls and`,
    `${whole(peak.kvWrites)} KV writes per second.`,
    "",
    ...table(
      ["resource, tightest first", "limit", "used", "reached at"],
      limitsOf(cost).map(({ resource, limit, share, usersAtLimit }) =>
        row(
          resource,
          limit,
          `${(share * 100).toFixed(0)} %`,
          `${(usersAtLimit / 1e6).toFixed(1)} M daily users`,
        ),
      ),
    ),
  ];
}
