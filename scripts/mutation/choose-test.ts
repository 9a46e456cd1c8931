import type { Coverage, TestFile } from "./coverage.ts";
import type { Mutant } from "./mutant.ts";
import { type MutantResult, type Results, untested } from "./results.ts";

export interface Candidates {
  /** The test files that can notice the mutant. */
  testsOf(mutant: Mutant): string[];
  /** The best of them that has not passed with the mutant; null if there is none. */
  nextTest(mutant: Mutant, result: MutantResult): string | null;
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
  const testsOf = ({ id, file }: Mutant): string[] => {
    const called = usable.filter(([name]) => reached.get(name)?.called.has(id));
    if (called.length > 0) return called.map(([name]) => name);
    const loaded = usable.filter(([name]) => reached.get(name)?.loaded.has(id));
    const related = loaded.filter(([, { sources }]) => sources[file] !== undefined);
    return (related.length > 0 ? related : loaded).map(([name]) => name);
  };
  const tallies = countTallies(mutants, results);
  const detectionRate = (name: string, file: string): number => {
    const { killed, runs } = tallies(file, name);
    const chance = (killed + 1) / (runs + 2);
    return chance / ((coverage[name]?.seconds ?? 0) + 1);
  };
  const nextTest = (mutant: Mutant, result: MutantResult): string | null => {
    const left = testsOf(mutant).filter((name) => !hasPassed(result, name, coverage[name]));
    const unit = left.filter(isUnitTest);
    const passed = Object.keys(result.passed).filter((name) => !isUnitTest(name)).length;
    const choice = unit.length > 0 ? unit : passed < mostFiles ? left : [];
    return (
      choice.toSorted((a, b) => detectionRate(b, mutant.file) - detectionRate(a, mutant.file))[0] ??
      null
    );
  };
  return { testsOf, nextTest };
}

export const isUnitTest = (name: string) => name.startsWith("tests/unit/");

const hasPassed = ({ passed }: MutantResult, name: string, test: TestFile | undefined) =>
  test !== undefined && passed[name] === test.hash;

/** How often each test file has noticed mutants of each file. */
function countTallies(mutants: readonly Mutant[], results: Results) {
  const tallies = new Map<string, { killed: number; runs: number }>();
  const add = (key: string, killed: number) => {
    const tally = tallies.get(key) ?? { killed: 0, runs: 0 };
    tallies.set(key, { killed: tally.killed + killed, runs: tally.runs + 1 });
  };
  for (const { id, file } of mutants) {
    const { killedBy, passed } = results[id] ?? untested;
    if (killedBy !== null) add(`${file} ${killedBy}`, 1);
    for (const name of Object.keys(passed)) add(`${file} ${name}`, 0);
  }
  return (file: string, name: string) => tallies.get(`${file} ${name}`) ?? { killed: 0, runs: 0 };
}
