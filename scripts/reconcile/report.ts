import type { RunRecord } from "./runs-in-d1.ts";

const barWidth = 24;
const count = (value: number) => value.toLocaleString("en-US");

/** One line of progress: Clerk's users first, then the rows. */
export function progressText(run: RunRecord): string {
  if (run.phase === "clerk-users") {
    return `Clerk users   ${bar(run.usersChecked, run.total)} ${count(run.usersChecked)} of ${run.total === null ? "?" : count(run.total)}`;
  }
  // Counting the rows would cost a scan; there are about as many as Clerk users.
  return `Rows          ${bar(run.rowsChecked, run.usersChecked)} ${count(run.rowsChecked)}`;
}

function bar(done: number, total: number | null): string {
  const share = total === null ? 0 : Math.min(1, total === 0 ? 1 : done / total);
  const filled = Math.round(share * barWidth);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return `[${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${percent}`;
}

type Finding = readonly [
  count: "missing" | "outdated" | "ahead" | "metadataWrong" | "gone" | "tombstoned",
  label: string,
  meaning: string,
  repair: string,
];

const findings: readonly Finding[] = [
  ["missing", "missing in D1", "users in Clerk without a row", "rows added"],
  ["outdated", "outdated", "rows behind Clerk", "rows updated"],
  ["ahead", "ahead of Clerk", "rows with a revision from the future", "rows refreshed"],
  ["metadataWrong", "wrong metadata", "Clerk metadata differs from the row", "push pending"],
  ["gone", "missing in Clerk", "rows whose user Clerk no longer has", "soft-deleted"],
  ["tombstoned", "tombstoned", "soft-deleted here but still in Clerk", "left unchanged"],
];

export function reportText(run: RunRecord): string {
  const seconds = (((run.finishedAt ?? run.updatedAt) - run.startedAt) / 1000).toFixed(1);
  const lines = findings.map(([name, label, meaning, repair]) => {
    const done = run.mode === "repair" && run[name] > 0 ? `: ${repair}` : "";
    return `  ${label.padEnd(17)}${count(run[name]).padStart(9)}  ${meaning}${done}`;
  });
  const checked = `${count(run.usersChecked)} Clerk users and ${count(run.rowsChecked)} rows`;
  return [
    `Compared ${checked} in ${seconds} s.`,
    "",
    ...lines,
    "",
    run.error === null ? verdict(run) : `The run failed: ${run.error}`,
  ].join("\n");
}

/** Shown after a first import, which leaves a push for each user. */
export function pendingPushesText(pending: number): string {
  const subject = pending === 1 ? "1 user is" : `${count(pending)} users are`;
  return `${subject} still to be pushed to Clerk (id and role): 50 every two minutes, others at their next request. They can sign in now.`;
}

function verdict(run: RunRecord): string {
  if (!hasDifferences(run)) return "Clerk and D1 are in sync.";
  return run.mode === "repair" ? "All differences were repaired." : "Dry run: nothing was changed.";
}

/** Tombstones that Clerk still lists are only reported, so they do not count. */
function hasDifferences({ missing, outdated, ahead, metadataWrong, gone }: RunRecord): boolean {
  return missing + outdated + ahead + metadataWrong + gone > 0;
}

/** 0 if in sync or repaired, 1 if the run failed, 2 if a dry run found differences. */
export function exitCodeOf(run: RunRecord): 0 | 1 | 2 {
  if (run.error !== null) return 1;
  return run.mode === "dry-run" && hasDifferences(run) ? 2 : 0;
}
