import type { Outcome } from "./run-tests.ts";

/** What is known of a mutant so far. */
export interface MutantResult {
  /** The test file that failed or did not end in time. */
  killedBy: string | null;
  isTimeout: boolean;
  /** The test and the first line of its message, if it failed in this run. */
  failure: string;
  /** The hashes of the test files that were run, in the order of the runs, by name. */
  ran: Record<string, string>;
  /** Whether the compiler rejects it; null if it has not been asked. */
  isRejected: boolean | null;
  /** Whether no other test file was to be tried. */
  isExhausted: boolean;
}

/** By the mutant's id, so that those of unchanged files outlive a build. */
export type Results = Record<string, MutantResult>;

export const untested: MutantResult = {
  killedBy: null,
  isTimeout: false,
  failure: "",
  ran: {},
  isRejected: null,
  isExhausted: false,
};

/** Whether a test that has not been run may still notice the mutant. */
export const isOpen = ({ killedBy, isRejected, isExhausted }: MutantResult) =>
  killedBy === null && !isRejected && !isExhausted;

/** Forgets kills by test files that are gone, and that files passed which have changed since. */
export function withoutStale(results: Results, hashes: ReadonlyMap<string, string>): Results {
  const current = (result: MutantResult): MutantResult => {
    if (result.killedBy !== null && hashes.has(result.killedBy)) return result;
    const tests = Object.entries(result.ran).filter(([name]) => name !== result.killedBy);
    const unchanged = tests.filter(([name, hash]) => hashes.get(name) === hash);
    const isExhausted = result.isExhausted && unchanged.length === tests.length;
    const { isRejected } = result;
    return { ...untested, ran: Object.fromEntries(unchanged), isRejected, isExhausted };
  };
  return Object.fromEntries(Object.entries(results).map(([id, result]) => [id, current(result)]));
}

/** Adds what a test file made of a mutant. */
export function withOutcome(
  result: MutantResult,
  test: { file: string; hash: string },
  outcome: Outcome,
): MutantResult {
  const ran = { ...result.ran, [test.file]: test.hash };
  if (outcome === null) return { ...result, ran, killedBy: test.file, isTimeout: true };
  if (!outcome.isFailed) return { ...result, ran };
  return { ...result, ran, killedBy: test.file, failure: outcome.failure };
}
