import { resolve } from "node:path";
import { build } from "esbuild";
import type { WorkerModule } from "../../tests/support/built-worker.ts";

/** Bundles the worker that only verifies signatures. */
export async function verifyOnlyModules(): Promise<WorkerModule[]> {
  const { outputFiles } = await build({
    entryPoints: ["bench/workers/verify-only.ts"],
    bundle: true,
    format: "esm",
    minify: true,
    mainFields: ["browser", "module", "main"],
    conditions: ["workerd", "worker", "browser"],
    write: false,
  });
  const contents = outputFiles.map(({ text }) => text).join("\n");
  return [{ type: "ESModule", path: resolve("bench/workers/verify-only.js"), contents }];
}
