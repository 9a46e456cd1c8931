import { defineConfig } from "vitest/config";
import { wranglerEnvironment } from "../app/db/command-database.ts";

// Tests start node, wrangler and drizzle-kit. An editor that runs them does not put these on the PATH.
process.env.PATH = wranglerEnvironment.PATH;

/** One project a kind of test. The order in `npm test`: quick ones first, the browser last. */
export default defineConfig({
  resolve: { alias: { "~": new URL("../app", import.meta.url).pathname } },
  test: {
    // Files share their process, and with it what they import: most of them start the same programs.
    isolate: false,
    maxWorkers: 2,
    root: new URL("..", import.meta.url).pathname,
    // As long as a test may take: a busy machine is no failure.
    expect: { poll: { timeout: 110_000, interval: 20 } },
    projects: [
      project("unit", ["tests/unit/**/*.test.ts"], 120_000),
      project("clerk", ["tests/clerk/**/*.test.ts"], 120_000),
      project("integration", ["tests/integration/**/*.test.ts"], 120_000),
      project("e2e", ["tests/e2e/**/*.test.ts"], 180_000),
    ],
  },
});

function project(name: string, include: string[], timeoutMs: number) {
  return {
    extends: true as const,
    test: { name, include, testTimeout: timeoutMs, hookTimeout: timeoutMs },
  };
}
