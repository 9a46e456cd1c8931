import { appendFileSync, existsSync, readFileSync } from "node:fs";
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
  const startSeconds = cpuSeconds();
  const append = (line: object) => appendFileSync(path, `${JSON.stringify(line)}\n`);
  // Of all hooks for the end, the first runs last.
  afterAll(() => append({ seconds: cpuSeconds() - startSeconds }));
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
    append({ loaded, called });
  });
}

/** Of this test file, which has a thread or a process to itself while it runs. */
function cpuSeconds(): number {
  if (isUnit) return secondsOf(process.threadCpuUsage());
  return secondsOf(process.cpuUsage()) + endedChildrenSeconds();
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

/** Of workerd, above all; 0 where there is no `/proc`. */
function endedChildrenSeconds(): number {
  if (!existsSync("/proc/self/stat")) return 0;
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
