import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { parseArgs, promisify } from "node:util";
import { prepareCheckout, readMutants } from "./mutation/checkout.ts";
import { measureCoverage } from "./mutation/coverage.ts";
import type { Mutant } from "./mutation/mutant.ts";
import { writeReport } from "./mutation/report.ts";
import { type Results, untested } from "./mutation/results.ts";
import { readResults } from "./mutation/results-file.ts";
import { equivalentsSchema, statusesOf } from "./mutation/score.ts";
import { writeSummary } from "./mutation/summary.ts";
import { hashTestFiles } from "./mutation/test-files.ts";
import { testMutants } from "./mutation/test-mutants.ts";
import { findRejected } from "./mutation/type-check.ts";

/**
 * `npm run test:mutation -- [path…] [--changed] [--sample N] [--files N] [--minutes N]`: changes
 * the code in one place at a time and reports which changes no test notices (docs/testing.md).
 * Continues where the last run stopped. `--report` only reports.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    changed: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    sample: { type: "string", default: "1" },
    files: { type: "string", default: "12" },
    minutes: { type: "string", default: "600" },
  },
});
const stopAt = Date.now() + Number(values.minutes) * 60_000;
const mostFiles = Number(values.files);

const mutants = values.report ? await readMutants() : await prepareCheckout();
const changed = values.changed ? await changedFiles() : null;
// Folders are tested in the order of the command.
const selected = mutants.filter(isSelected).toSorted((a, b) => placeOf(a) - placeOf(b));
console.log(`${selected.length} of ${mutants.length} mutants`);
const hashes = await hashTestFiles();
const results = await readResults(hashes);
if (!values.report) {
  const coverage = await measureCoverage(mutants, hashes);
  await rejectMistyped(selected, results);
  await testMutants({ mutants, selected, coverage, results, mostFiles, stopAt });
}
const equivalents = equivalentsSchema.parse(
  JSON.parse(await readFile("scripts/mutation/equivalent.json", "utf8")),
);
if (values.report) await writeSummary(statusesOf(mutants, results, equivalents));
console.log(await writeReport(statusesOf(selected, results, equivalents), results));
console.log(`\nSurvivors: build/mutation/report.md${values.report ? ", docs/mutation.md" : ""}`);

function isSelected({ file, id }: Mutant): boolean {
  if (changed && !changed.has(file)) return false;
  if (positionals.length > 0 && placeOf({ file }) === -1) return false;
  return Number.parseInt(id.slice(0, 8), 16) % Number(values.sample) === 0;
}

function placeOf({ file }: Pick<Mutant, "file">): number {
  return positionals.findIndex((path) => isWithin(file, path));
}

function isWithin(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path.replace(/\/$/, "")}/`);
}

/** Notes which mutants the compiler rejects. */
async function rejectMistyped(mutants: readonly Mutant[], results: Results): Promise<void> {
  const unknown = mutants.filter(({ id }) => (results[id] ?? untested).isRejected === null);
  if (unknown.length === 0) return;
  console.log(`Checking the types of ${unknown.length} mutants`);
  const rejected = await findRejected(unknown);
  for (const { id } of unknown)
    results[id] = { ...(results[id] ?? untested), isRejected: rejected.has(id) };
}

/** Files that differ from the main branch, committed or not. */
async function changedFiles(): Promise<Set<string>> {
  const git = async (...args: string[]) => (await promisify(execFile)("git", args)).stdout;
  const base = (await git("merge-base", "HEAD", "main")).trim();
  const tracked = await git("diff", "--name-only", base);
  const untracked = await git("ls-files", "--others", "--exclude-standard");
  return new Set(`${tracked}\n${untracked}`.split("\n").filter(Boolean));
}
