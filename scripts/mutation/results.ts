import { join } from "node:path";
import * as z from "zod";
import { folder } from "./checkout.ts";
import { readJson, writeJson } from "./json-file.ts";
import type { Outcome } from "./run-tests.ts";

const resultSchema = z.object({
  /** The test file that failed or did not end in time. */
  killedBy: z.string().nullable(),
  isTimeout: z.boolean(),
  /** The test and the first line of its message. */
  failure: z.string(),
  /** The test files that passed, with their hashes. */
  passed: z.record(z.string(), z.string()),
});

/** What is known of a mutant so far. */
export type MutantResult = z.infer<typeof resultSchema>;
/** By the mutant's id, so that those of unchanged files outlive a build. */
export type Results = Record<string, MutantResult>;

const path = join(folder, "results.json");

export const readResults = (): Promise<Results> =>
  readJson(path, z.record(z.string(), resultSchema), {});

export const writeResults = (results: Results): Promise<void> => writeJson(path, results);

export const untested: MutantResult = { killedBy: null, isTimeout: false, failure: "", passed: {} };

/** Adds what a test file made of a mutant. */
export function withOutcome(
  result: MutantResult,
  test: { file: string; hash: string },
  outcome: Outcome,
): MutantResult {
  if (outcome === null) return { ...result, killedBy: test.file, isTimeout: true };
  if (outcome.isFailed) return { ...result, killedBy: test.file, failure: outcome.failure };
  return { ...result, passed: { ...result.passed, [test.file]: test.hash } };
}
