import { basename, dirname, join } from "node:path";

/** The name of a copy of a test file that runs with one mutant. */
export const jobFile = (testFile: string, mutantNumber: string): string =>
  join(dirname(testFile), `mutant-${mutantNumber}.${basename(testFile)}`);

export const mutantOfJob = (path: string): string | null =>
  /^mutant-(\d+)\./.exec(basename(path))?.[1] ?? null;
