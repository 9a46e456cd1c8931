import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the migrations produce the schema in the code", async () => {
  const copy = await mkdtemp("build/migrations-");
  try {
    await cp("migrations", copy, { recursive: true });
    const options = ["--dialect", "sqlite", "--schema", "./app/db/schema.server.ts", "--out", copy];
    await promisify(execFile)("drizzle-kit", ["generate", ...options]);
    expect(await readdir(copy)).toEqual(await readdir("migrations"));
  } finally {
    await rm(copy, { recursive: true });
  }
});
