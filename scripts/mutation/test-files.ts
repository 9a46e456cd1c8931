import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";

/** These build the application themselves or start it as another program. */
const withOwnBuild =
  /\/(access-private-by-default|local-start|npm-start|wrangler-dev|assets|migrations|migrate-filled-database|documentation|browser-bundle|reconcile-command|admin-grant|demo-courses)\.test\.ts$/;

/** The hashes of the test files that can be run with mutants, by name. */
export async function hashTestFiles(): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for await (const file of glob("tests/{unit,integration}/*.test.ts")) {
    if (withOwnBuild.test(file)) continue;
    const hash = createHash("sha256")
      .update(file)
      .update(await readFile(file));
    hashes.set(file, hash.digest("hex").slice(0, 12));
  }
  return hashes;
}
