import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { wranglerEnvironment } from "../scripts/database/execute-sql.ts";

// Tests start node, wrangler and drizzle-kit, which are not on the PATH in an editor's test runner.
const { PATH, NODE_COMPILE_CACHE } = wranglerEnvironment;
Object.assign(process.env, { PATH, NODE_COMPILE_CACHE });

/** Generous, so that a busy machine does not fail tests: the longest take 60 s on an idle one. */
const timeoutMs = 600_000;

export default defineConfig({
  resolve: { alias: { "~": new URL("../app", import.meta.url).pathname } },
  test: {
    root: new URL("..", import.meta.url).pathname,
    // Files share a process and its modules; most of them start the same programs.
    isolate: false,
    setupFiles: "tests/support/short-keep-alive.ts",
    // One more than there are cores, because tests also wait.
    maxWorkers: availableParallelism() + 1,
    // Saves 7 to 10 % of the CPU time of integration tests: fewer, larger garbage collections.
    execArgv: ["--max-semi-space-size=64"],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    expect: { poll: { timeout: 170_000, interval: 20 } },
    sequence: { sequencer: createSequencer() },
    include: ["tests/**/*.test.ts"],
  },
});

/**
 * One folder after the other, with its longest files first, and the folders of short files last, so
 * that no worker is idle at the end.
 */
function createSequencer() {
  const longest =
    /(every-page|hostile-texts|crash-points|(payment|refund)-model|convergence|access-matrix|npm-start|local-start)\.test\.ts$/;
  const folders = ["integration", "e2e", "clerk", "stripe", "unit"];
  const folderRank = ({ moduleId }: TestSpecification) =>
    folders.findIndex((name) => moduleId.includes(`/tests/${name}/`));
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const sorted = await super.sort(files);
      const isShort = ({ moduleId }: TestSpecification) => !longest.test(moduleId);
      const rank = (file: TestSpecification) => 2 * folderRank(file) + Number(isShort(file));
      return sorted.toSorted((one, other) => rank(one) - rank(other));
    }
  };
}
