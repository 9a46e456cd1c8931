import { appendFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { mutantOfJob } from "./job-name.ts";

declare global {
  /** Of the instrumented code. */
  var __stryker__: {
    activeMutant?: string | undefined;
    mutantCoverage?: { static: Record<string, number>; perTest: object };
  };
}

const testFile = expect.getState().testPath ?? "";
const mutant = mutantOfJob(testFile);
const isUnit = testFile.includes("/tests/unit/");
if (mutant === null) recordReached(join(process.env.REACHED_FOLDER ?? "", basename(testFile)));
else activate(mutant);

function activate(id: string): void {
  process.env.ACTIVE_MUTANT = id;
  // Integration tests use code under test themselves: only the worker may be wrong.
  if (isUnit) globalThis.__stryker__ = { activeMutant: id };
  stopAfterFailure();
}

/** One failure is enough. */
function stopAfterFailure(): void {
  let hasFailed = false;
  beforeEach((context) => {
    if (hasFailed) context.skip();
    context.onTestFailed(() => {
      hasFailed = true;
    });
  });
}

function recordReached(path: string): void {
  if (!isUnit) {
    process.env.REACHED_MUTANTS = path;
    return;
  }
  const coverage = { static: {}, perTest: {} };
  globalThis.__stryker__ = { mutantCoverage: coverage };
  let loaded: string[] = [];
  beforeAll(() => {
    loaded = Object.keys(coverage.static);
    coverage.static = {};
  });
  afterAll(() => {
    const called = Object.keys(coverage.static);
    appendFileSync(path, `${JSON.stringify({ loaded, called })}\n`);
  });
}
