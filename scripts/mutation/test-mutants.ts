import { copyFile, glob, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkout } from "./checkout.ts";
import { createCandidates, isUnitTest, noteExhausted } from "./choose-test.ts";
import type { Coverage } from "./coverage.ts";
import { jobFile } from "./job-name.ts";
import type { Mutant } from "./mutant.ts";
import { isOpen, type Results, untested, withOutcome } from "./results.ts";
import { writeResults } from "./results-file.ts";
import { runTests } from "./run-tests.ts";

const saveEveryMs = 60_000;
/** Large, since vitest takes seconds to start, and small enough to choose tests well. */
const mostJobs = 80;
const mostSeconds = 240;
/** Nothing but an endless loop takes so long. */
const silenceMs = 150_000;
const unitSilenceMs = 40_000;

interface Job {
  mutant: Mutant;
  test: string;
}

interface MutationRun {
  /** All mutants of the build, for what is known of their files. */
  mutants: readonly Mutant[];
  selected: readonly Mutant[];
  coverage: Coverage;
  results: Results;
  mostFiles: number;
  /** Milliseconds since the epoch. */
  stopAt: number;
}

/** Runs one test file after another with each mutant until one notices it. Saves as it goes. */
export async function testMutants(run: MutationRun): Promise<void> {
  const crashing = new Set<string>();
  for (;;) {
    await save(run);
    const jobs = Date.now() < run.stopAt ? chooseJobs(run, crashing) : [];
    if (jobs.length === 0) return;
    const { ended, crashed, isPaused } = await runJobs(jobs, run);
    if (ended + crashed.size === 0 && !isPaused) throw new Error("vitest runs no tests");
    for (const id of crashed) crashing.add(id);
    console.log(`${new Date().toISOString().slice(11, 19)} ${jobs.length} runs, ${left(run)} left`);
  }
}

async function save(run: MutationRun): Promise<void> {
  noteExhausted(run.selected, run.results, candidatesOf(run));
  await writeResults(run.mutants, run.results);
}

const candidatesOf = ({ coverage, mutants, results, mostFiles }: MutationRun) =>
  createCandidates(coverage, mutants, results, mostFiles);

/** How many of the chosen mutants some test may still notice. */
const left = ({ selected, results }: MutationRun) =>
  selected.map(({ id }) => results[id] ?? untested).filter(isOpen).length;

function chooseJobs(run: MutationRun, excluded: ReadonlySet<string>): Job[] {
  const { selected, coverage, results } = run;
  const candidates = candidatesOf(run);
  const jobs: Job[] = [];
  let seconds = 0;
  const passes = ({ id }: Mutant) => Object.keys(results[id]?.ran ?? {}).length;
  const open = selected.filter(({ id }) => !excluded.has(id) && isOpen(results[id] ?? untested));
  // All mutants have their first test before any has its second, in case there is no time for it.
  for (const mutant of open.toSorted((a, b) => passes(a) - passes(b))) {
    const test = candidates.nextTest(mutant, results[mutant.id] ?? untested);
    if (test === null) continue;
    jobs.push({ mutant, test });
    candidates.addPlanned(mutant, test);
    seconds += coverage[test]?.seconds ?? 0;
    if (jobs.length === mostJobs || seconds > mostSeconds) break;
  }
  return jobs;
}

/** Each job is a copy of the test file. Returns how many have ended and which crashed vitest. */
async function runJobs(jobs: readonly Job[], run: MutationRun) {
  const { coverage, results } = run;
  let ended = 0;
  let savedAt = Date.now();
  for await (const old of glob("tests/*/mutant-*.test.ts", { cwd: checkout }))
    await rm(join(checkout, old));
  const jobOf = new Map(jobs.map((job) => [jobFile(job.test, job.mutant.number), job]));
  for (const [copy, { test }] of jobOf) await copyFile(join(checkout, test), join(checkout, copy));
  const { crashed, paused } = await runTests({
    files: [...jobOf.keys()],
    silenceMs: jobs.every(({ test }) => isUnitTest(test)) ? unitSilenceMs : silenceMs,
    async onOutcome(file, outcome) {
      const job = jobOf.get(file);
      if (!job) return;
      const { mutant, test } = job;
      const hash = coverage[test]?.hash ?? "";
      const result = results[mutant.id] ?? untested;
      results[mutant.id] = withOutcome(result, { file: test, hash }, outcome);
      ended++;
      if (Date.now() - savedAt < saveEveryMs) return;
      await save(run);
      savedAt = Date.now();
    },
  });
  return {
    ended,
    crashed: new Set([...crashed].flatMap((file) => jobOf.get(file)?.mutant.id ?? [])),
    isPaused: paused.size > 0,
  };
}
