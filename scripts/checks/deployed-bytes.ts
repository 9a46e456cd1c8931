import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { builtWorker } from "../build.ts";
import { wranglerEnvironment } from "../database/execute-sql.ts";

const folder = ".wrangler/dry-run";

/** Fails if `wrangler deploy` would upload a bundle that differs from the tested worker. */
const args = ["deploy", "--dry-run", "--outdir", folder];
const env = { ...process.env, ...wranglerEnvironment };
console.log((await promisify(execFile)("wrangler", args, { env })).stdout.trim());
const deployed = await readFile(join(folder, basename(builtWorker)));
if (!deployed.equals(await readFile(builtWorker))) {
  console.error(`The bundle to deploy (${folder}) differs from the tested worker, ${builtWorker}.`);
  process.exitCode = 1;
}
