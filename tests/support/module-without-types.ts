import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { resolve } from "node:path";

/** A TypeScript file as a Miniflare module, with imports of its neighbors. */
export async function moduleWithoutTypes(file: string) {
  const source = stripTypeScriptTypes(await readFile(file, "utf8"));
  const contents = source.replaceAll(/"(\.\/[\w-]+)\.ts"/g, '"$1.js"');
  return { type: "ESModule" as const, path: resolve(file).replace(/\.ts$/, ".js"), contents };
}
