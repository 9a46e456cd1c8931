import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { folder } from "./checkout.ts";
import { readJson, writeJson } from "./json-file.ts";
import type { Mutant } from "./mutant.ts";
import { type Outcome, runTests } from "./run-tests.ts";
import { timeoutFactor } from "./timeout-factor.ts";

const testFileSchema = z.object({
  hash: z.string(),
  seconds: z.number(),
  /** A file that fails or is slow without any mutant detects nothing. */
  isUsable: z.boolean(),
  /** Ids of mutants: reached while the code was loaded, and since then. */
  loaded: z.array(z.string()),
  called: z.array(z.string()),
  /** The files of `called`, with a hash of what they contained. */
  sources: z.record(z.string(), z.string()),
});

export type TestFile = z.infer<typeof testFileSchema>;
export type Coverage = Record<string, TestFile>;

const savedSchema = z.object({
  /** The files that contained mutants. */
  sources: z.array(z.string()),
  tests: z.record(z.string(), testFileSchema),
});

/** A job is given up after a minute. */
const slowestUsableTestSeconds = 40;
const silenceMs = 400_000;
const path = join(folder, "coverage.json");
const reachedFolder = join(folder, "reached");

/** Finds out what each test file reaches, running only those that a change may have affected. */
export async function measureCoverage(
  mutants: readonly Mutant[],
  hashes: ReadonlyMap<string, string>,
): Promise<Coverage> {
  const saved = await readJson(path, savedSchema, { sources: [], tests: {} });
  const sources = hashSources(mutants);
  const newFolders = new Set(
    Object.keys(sources)
      .filter((file) => !saved.sources.includes(file))
      .map((file) => dirname(file)),
  );
  const tests: Coverage = {};
  const stale = new Map<string, string>();
  for (const [file, hash] of hashes) {
    const known = saved.tests[file];
    if (known?.hash === hash && !isAffected(known, sources, newFolders)) tests[file] = known;
    else stale.set(file, hash);
  }
  if (stale.size === 0) return tests;
  console.log(`Measuring what ${stale.size} test files reach`);
  await rm(reachedFolder, { recursive: true, force: true });
  await mkdir(reachedFolder, { recursive: true });
  await runTests({
    files: [...stale.keys()].toSorted(unitTestsFirst),
    reachedFolder,
    silenceMs,
    async onOutcome(file, outcome) {
      const hash = stale.get(file) ?? "";
      const test = await describeTestFile({ file, hash, outcome, mutants, sources });
      tests[file] = test;
      await writeJson(path, { sources: Object.keys(sources), tests });
      console.log(`${file} ${test.seconds.toFixed(1)} s${test.isUsable ? "" : " (not used)"}`);
    },
  });
  return tests;
}

const unitTestsFirst = (a: string, b: string) => b.localeCompare(a);

/** Hashes of the files' mutants, which contain their content. */
function hashSources(mutants: readonly Mutant[]): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const { file, id } of mutants) hashes[file] ??= id;
  return hashes;
}

/** Whether a file that it reached has changed, or a folder that it reached has a new one. */
function isAffected(
  { sources: reached }: TestFile,
  sources: Record<string, string>,
  newFolders: ReadonlySet<string>,
): boolean {
  return Object.entries(reached).some(
    ([file, hash]) => sources[file] !== hash || newFolders.has(dirname(file)),
  );
}

interface MeasuredFile {
  file: string;
  hash: string;
  outcome: Outcome;
  mutants: readonly Mutant[];
  sources: Record<string, string>;
}

async function describeTestFile({
  file,
  hash,
  outcome,
  mutants,
  sources,
}: MeasuredFile): Promise<TestFile> {
  const reached = await readReached(basename(file));
  const called = mutants.filter(({ number }) => reached.called.has(number));
  return {
    hash,
    seconds: reached.seconds,
    isUsable:
      outcome !== null &&
      !outcome.isFailed &&
      outcome.slowestTestSeconds < slowestUsableTestSeconds * timeoutFactor(),
    loaded: mutants.filter(({ number }) => reached.loaded.has(number)).map(({ id }) => id),
    called: called.map(({ id }) => id),
    sources: Object.fromEntries(called.map((mutant) => [mutant.file, sources[mutant.file] ?? ""])),
  };
}

const reachedSchema = z.object({
  loaded: z.array(z.string()).default([]),
  called: z.array(z.string()).default([]),
  seconds: z.number().default(0),
});

async function readReached(name: string) {
  const text = await readFile(join(reachedFolder, name), "utf8").catch(() => "");
  const lines = text.split("\n").filter(Boolean);
  const reached = { loaded: new Set<string>(), called: new Set<string>(), seconds: 0 };
  for (const line of lines) {
    const { loaded, called, seconds } = reachedSchema.parse(JSON.parse(line));
    reached.seconds += seconds;
    for (const number of loaded) reached.loaded.add(number);
    for (const number of called) reached.called.add(number);
  }
  return reached;
}
