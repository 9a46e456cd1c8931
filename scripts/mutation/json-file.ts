import { readFile, rename, writeFile } from "node:fs/promises";
import type * as z from "zod";

/** Returns `missing` if there is no file, or one of another shape. */
export async function readJson<Value>(path: string, schema: z.ZodType<Value>, missing: Value) {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? missing : (schema.safeParse(JSON.parse(text)).data ?? missing);
}

/** Replaces the file in one step, so that an interrupted run leaves the old one. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(value));
  await rename(`${path}.new`, path);
}
