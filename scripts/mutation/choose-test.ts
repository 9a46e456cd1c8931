import type { Coverage, TestFile } from "./coverage.ts";
import type { Mutant } from "./mutant.ts";
import { type MutantResult, type Results, untested } from "./results.ts";

export interface Candidates {
  /** The test files that can notice the mutant. */
  testsOf(mutant: Mutant): string[];
  /** The best of them that has not passed with the mutant; null if there is none. */
  nextTest(mutant: Mutant, result: MutantResult): string | null;
  /** Counts a run whose result is not known yet, so that other mutants try other test files. */
  addPlanned(mutant: Mutant, name: string): void;
}

/** Prefers unit tests, then what has noticed mutants of the same file in little time. */
export function createCandidates(
  coverage: Coverage,
  mutants: readonly Mutant[],
  results: Results,
  mostFiles: number,
): Candidates {
  const usable = Object.entries(coverage).filter(([, { isUsable }]) => isUsable);
  const reached = new Map(
    usable.map(([name, test]) => [
      name,
      { called: new Set(test.called), loaded: new Set(test.loaded) },
    ]),
  );
  const testsOf = ({ reachedAs, file }: Mutant): string[] => {
    const reaching = (kind: "called" | "loaded") =>
      usable.filter(([name]) => reachedAs !== null && reached.get(name)?.[kind].has(reachedAs));
    const called = reaching("called");
    if (called.length > 0) return called.map(([name]) => name);
    const loaded = reachedAs === null ? usable : reaching("loaded");
    const related = loaded.filter(([, { sources }]) => sources[file] !== undefined);
    return (related.length > 0 ? related : loaded).map(([name]) => name);
  };
  const tallies = countTallies(mutants, results);
  const detectionRate = (name: string, mutant: Mutant): number => {
    // What is known of a place counts more than what is known of its file, and this more than all.
    const likely = tallyKeys(name, mutant)
      .map(tallies.of)
      .reduce((prior, { killed, runs }) => (killed + prior) / (runs + 1), 0.5);
    return likely / ((coverage[name]?.seconds ?? 0) + 1);
  };
  const nextTest = (mutant: Mutant, result: MutantResult): string | null => {
    const tests = testsOf(mutant);
    const left = tests.filter((name) => !hasRun(result, name, coverage[name]));
    const unit = left.filter(isUnitTest);
    const passed = tests.filter((name) => !isUnitTest(name)).length - left.length;
    const choice = unit.length > 0 ? unit : passed < mostFiles ? left : [];
    const rated = choice.map((name) => ({ name, rate: detectionRate(name, mutant) }));
    return rated.toSorted((a, b) => b.rate - a.rate)[0]?.name ?? null;
  };
  const addPlanned = (mutant: Mutant, name: string) => tallies.add(mutant, name, 0);
  return { testsOf, nextTest, addPlanned };
}

/** Notes of which mutants the search for a test that notices them has ended. */
export function noteExhausted(
  mutants: readonly Mutant[],
  results: Results,
  candidates: Candidates,
): void {
  for (const mutant of mutants) {
    const result = results[mutant.id] ?? untested;
    const isExhausted =
      result.killedBy === null &&
      !result.isRejected &&
      candidates.nextTest(mutant, result) === null;
    if (isExhausted !== result.isExhausted) results[mutant.id] = { ...result, isExhausted };
  }
}

export const isUnitTest = (name: string) => name.startsWith("tests/unit/");

const hasRun = ({ ran }: MutantResult, name: string, test: TestFile | undefined) =>
  test !== undefined && ran[name] === test.hash;

const linesOfPlace = 20;

/** Of a test file and all mutants, those of the same file, and those of about the same function. */
const tallyKeys = (name: string, { file, line }: Mutant) => [
  name,
  `${name} ${file}`,
  `${name} ${file} ${Math.floor(line / linesOfPlace)}`,
];

/** How often each test file has noticed mutants. */
function countTallies(mutants: readonly Mutant[], results: Results) {
  const tallies = new Map<string, { killed: number; runs: number }>();
  const of = (key: string) => tallies.get(key) ?? { killed: 0, runs: 0 };
  const add = (mutant: Mutant, name: string, killed: number) => {
    for (const key of tallyKeys(name, mutant)) {
      const tally = of(key);
      tallies.set(key, { killed: tally.killed + killed, runs: tally.runs + 1 });
    }
  };
  for (const mutant of mutants) {
    const { killedBy, ran } = results[mutant.id] ?? untested;
    for (const name of Object.keys(ran)) add(mutant, name, name === killedBy ? 1 : 0);
  }
  return { of, add };
}
