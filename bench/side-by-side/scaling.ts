import { row, table, whole } from "../markdown-table.ts";
import { type Cost, dailyUse } from "./cost.ts";
import { limitsOf } from "./limits.ts";

/** What docs/scaling.md says of a million daily users. */
export function scalingFigures(cost: Cost): string[] {
  const { lines, dollars, storageGb, peak } = cost;
  return [
    ...table(
      ["a user on a day", "times"],
      dailyUse.map(({ title, times }) => row(title, times)),
    ),
    "",
    ...table(
      ["", "a user on a day", "a month", "dollars a month"],
      lines.map(({ what, perUser, perMonth, dollars: price }) =>
        row(what, Number(perUser.toFixed(2)), `${whole(perMonth / 1e6)} M`, whole(price)),
      ),
    ),
    "",
    `With the plan and ${storageGb.toFixed(1)} GB in D1: **${whole(dollars)} dollars a month**. In the busiest hour ${whole(peak.requests)} requests,`,
    `${whole(peak.statements)} D1 statements and ${whole(peak.kvWrites)} KV writes a second.`,
    "",
    ...table(
      ["limit, the first one first", "", "taken", "all of it at"],
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
