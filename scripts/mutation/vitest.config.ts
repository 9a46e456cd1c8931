import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { wranglerEnvironment } from "../database/execute-sql.ts";
import { reporter } from "./reporter.ts";

process.env.PATH = wranglerEnvironment.PATH;

/** Longer than any test takes: what waits longer waits for something that a mutant prevents. */
const timeoutFactor = Number(process.env.TIMEOUT_FACTOR ?? 1);
const timeoutMs = 60_000 * timeoutFactor;
const files = (process.env.TEST_FILES ?? "").split("\n");

class InGivenOrder extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      files.findIndex((file) => moduleId.endsWith(file));
    return specifications.toSorted((a, b) => place(a) - place(b));
  }
}

/** Runs the files of `TEST_FILES` in the checkout that contains all mutants. */
export default defineConfig({
  resolve: { alias: { "~": new URL("../../app", import.meta.url).pathname } },
  test: {
    root: new URL("../..", import.meta.url).pathname,
    maxWorkers: 2,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    teardownTimeout: 1_000,
    expect: { poll: { timeout: 15_000 * timeoutFactor, interval: 20 } },
    sequence: { sequencer: InGivenOrder },
    reporters: [reporter],
    setupFiles: ["scripts/mutation/setup.ts"],
    projects: [
      // Each file of its own evaluates the modules under test again.
      project("unit", { isolate: true, pool: "threads" as const }),
      project("integration", { isolate: false, pool: "forks" as const }),
    ],
  },
});

function project(name: string, options: { isolate: boolean; pool: "threads" | "forks" }) {
  const include = files.filter((file) => file.startsWith(`tests/${name}/`));
  return { extends: true as const, test: { name, include, ...options } };
}
