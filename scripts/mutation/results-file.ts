import { readFile, rename, writeFile } from "node:fs/promises";
import type { Mutant } from "./mutant.ts";
import { type MutantResult, type Results, untested, withoutStale } from "./results.ts";

/** Committed, so that a complete run can be split over days and machines. */
const path = "scripts/mutation/results.txt";

/** @param hashes of the present test files, by name */
export async function readResults(hashes: ReadonlyMap<string, string>): Promise<Results> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return withoutStale(parseResults(text), hashes);
}

/** Replaces the file in one step, so that an interrupted run leaves the old one. */
export async function writeResults(mutants: readonly Mutant[], results: Results): Promise<void> {
  await writeFile(`${path}.new`, formatResults(mutants, results));
  await rename(`${path}.new`, path);
}

const head = `# Written by \`npm run test:mutation\` (docs/testing.md).
# First the test files, with hashes of what they contained. Then the mutants of each source file, each
# with the test files that were run, named by the first characters of their hashes. The last one
# noticed the mutant if it says "killed", or did not end if it says "timeout". The compiler rejects those
# that say "rejected".`;

const words = ["rejected", "killed", "timeout", "survived", "uncovered", "unfinished"] as const;
type Word = (typeof words)[number];

/** One line per mutant, by source file. What is known of other mutants is dropped. */
export function formatResults(mutants: readonly Mutant[], results: Results): string {
  const known = mutants.flatMap(({ id, file }) => {
    const result = results[id] ?? untested;
    const word = wordOf(result);
    return word === null ? [] : [{ file, id, word, ran: Object.entries(result.ran) }];
  });
  const names = new Map(known.flatMap(({ ran }) => ran.map(([name, hash]) => [hash, name])));
  const prefixes = shorten([...names.keys()]);
  const tests = [...names].map(([hash, name]) => `${name} ${hash}`).toSorted();
  const files = [...Map.groupBy(known, ({ file }) => file)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const sections = files.map(([file, ofFile]) => {
    const lines = ofFile.map(({ id, word, ran }) =>
      [id, word, ...ran.map(([, hash]) => prefixes.get(hash))].join(" "),
    );
    return [file, ...lines].join("\n");
  });
  return `${[head, tests.join("\n"), ...sections].join("\n\n")}\n`;
}

/** @throws if a line is not as `formatResults` writes it, such as a mark of a merge conflict. */
export function parseResults(text: string): Results {
  const lines = text.split("\n");
  const testOf = parseTests(lines);
  const results: Results = {};
  for (const [index, line] of lines.entries()) {
    if (/^(#.*|app\/\S+)?$/.test(line) || testLine.test(line)) continue;
    const [id = "", word, ...prefixes] = line.split(" ");
    const result = parseResult(word, prefixes, testOf);
    if (!/^[0-9a-f]{12}$/.test(id) || result === null)
      throw new Error(`Line ${index + 1} of the results is not understood: ${line}`);
    results[id] = result;
  }
  return results;
}

/** The name and the hash of a test file. */
type Test = readonly [name: string, hash: string];
const testLine = /^(tests\/\S+) ([0-9a-f]{12})$/;

/** By the prefixes of their hashes. */
function parseTests(lines: readonly string[]): ReadonlyMap<string, Test> {
  const tests = lines.flatMap((line): Test[] => {
    const [, name, hash] = testLine.exec(line) ?? [];
    return name && hash ? [[name, hash]] : [];
  });
  const prefixes = shorten(tests.map(([, hash]) => hash));
  return new Map(tests.map((test) => [prefixes.get(test[1]) ?? "", test]));
}

function parseResult(
  said: string | undefined,
  prefixes: readonly string[],
  testOf: ReadonlyMap<string, Test>,
): MutantResult | null {
  const word = words.find((known) => known === said);
  const ran = prefixes.map((prefix) => testOf.get(prefix)).filter((test) => test !== undefined);
  const last = ran.at(-1)?.[0] ?? null;
  const isKilled = word === "killed" || word === "timeout";
  if (!word || ran.length < prefixes.length || (isKilled && last === null)) return null;
  return {
    ...untested,
    killedBy: isKilled ? last : null,
    isTimeout: word === "timeout",
    ran: Object.fromEntries(ran),
    isRejected: word === "rejected",
    isExhausted: word === "survived" || word === "uncovered",
  };
}

/** Null for a mutant of which nothing is known. */
function wordOf({ killedBy, isTimeout, isRejected, isExhausted, ran }: MutantResult): Word | null {
  if (isRejected) return "rejected";
  if (killedBy !== null) return isTimeout ? "timeout" : "killed";
  const hasRun = Object.keys(ran).length > 0;
  if (isExhausted) return hasRun ? "survived" : "uncovered";
  return hasRun || isRejected === false ? "unfinished" : null;
}

const shortestPrefix = 4;

/** The first characters of each hash that tell it from the others. */
function shorten(hashes: readonly string[]): ReadonlyMap<string, string> {
  const prefixOf = (hash: string, length = shortestPrefix): string => {
    const prefix = hash.slice(0, length);
    const same = hashes.filter((other) => other.startsWith(prefix));
    return same.length > 1 && length < hash.length ? prefixOf(hash, length + 1) : prefix;
  };
  return new Map(hashes.map((hash) => [hash, prefixOf(hash)]));
}
