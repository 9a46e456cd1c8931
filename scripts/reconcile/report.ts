import type { RunRecord } from "./runs-in-d1.ts";

const barWidth = 24;
const count = (value: number) => value.toLocaleString("en-US");

/** How far the run has come, on one line: Clerk's users first, then the rows. */
export function progressText(run: RunRecord): string {
  if (run.phase === "clerk-users") {
    return `Clerk's users ${bar(run.usersChecked, run.total)} ${count(run.usersChecked)} of ${run.total === null ? "?" : count(run.total)}`;
  }
  // There are about as many rows as users: counting them first would cost D1 a scan.
  return `Rows          ${bar(run.rowsChecked, run.usersChecked)} ${count(run.rowsChecked)}`;
}

function bar(done: number, total: number | null): string {
  const share = total === null ? 0 : Math.min(1, total === 0 ? 1 : done / total);
  const filled = Math.round(share * barWidth);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return `[${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${percent}`;
}

type Finding = readonly [
  count: "missing" | "outdated" | "metadataWrong" | "gone" | "tombstoned",
  label: string,
  meaning: string,
  repair: string,
];

const findings: readonly Finding[] = [
  ["missing", "missing", "people of Clerk with no row", "rows added"],
  ["outdated", "outdated", "rows behind Clerk", "rows updated"],
  ["metadataWrong", "metadata wrong", "Clerk's metadata unlike the row", "queued for the push"],
  ["gone", "gone", "rows of people whom Clerk no longer has", "buried"],
  ["tombstoned", "tombstoned", "people of Clerk whom we buried", "left so: deletion wins"],
];

/** What the run found, what it did about it, and why it gave up if it did. */
export function reportText(run: RunRecord): string {
  const seconds = (((run.finishedAt ?? run.updatedAt) - run.startedAt) / 1000).toFixed(1);
  const lines = findings.map(([name, label, meaning, repair]) => {
    const done = run.mode === "repair" && run[name] > 0 ? `: ${repair}` : "";
    return `  ${label.padEnd(15)}${count(run[name]).padStart(9)}  ${meaning}${done}`;
  });
  const checked = `${count(run.usersChecked)} users of Clerk and ${count(run.rowsChecked)} rows`;
  return [
    `Compared ${checked} in ${seconds} s.`,
    "",
    ...lines,
    "",
    run.error === null ? verdict(run) : `The run gave up: ${run.error}`,
  ].join("\n");
}

function verdict(run: RunRecord): string {
  if (!differs(run)) return "Clerk and D1 are equal.";
  return run.mode === "repair"
    ? "What differed was repaired."
    : "Nothing was changed: this was a dry run.";
}

/** Whether there was anything to repair. Tombstones that Clerk still lists are only reported, so they do not count. */
function differs({ missing, outdated, metadataWrong, gone }: RunRecord): boolean {
  return missing + outdated + metadataWrong + gone > 0;
}

/** 0 when all is equal now, 1 when the run gave up, 2 when a dry run found something to repair. */
export function exitCodeOf(run: RunRecord): 0 | 1 | 2 {
  if (run.error !== null) return 1;
  return run.mode === "dry-run" && differs(run) ? 2 : 0;
}
