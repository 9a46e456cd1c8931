import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { resolve } from "node:path";
import { build } from "esbuild";
import type { WorkerModule } from "../../tests/support/built-worker.ts";

/** The built worker inside the one that counts. */
export async function countingModules(): Promise<WorkerModule[]> {
  const path = resolve("bench/workers/counting.ts");
  const contents = stripTypeScriptTypes(await readFile(path, "utf8"));
  return [
    { type: "ESModule", path: path.replace(/\.ts$/, ".js"), contents },
    { type: "ESModule", path: "build/index.js" },
  ];
}

/** The worker that only verifies, with the library it needs. */
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
