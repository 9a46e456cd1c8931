import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { builtWorker } from "../build.ts";
import { wranglerEnvironment } from "../database/execute-sql.ts";

const folder = ".wrangler/dry-run";

/** Fails when what `wrangler deploy` would send is not, byte for byte, the worker that the tests run. */
const args = ["deploy", "--dry-run", "--outdir", folder];
const env = { ...process.env, ...wranglerEnvironment };
console.log((await promisify(execFile)("wrangler", args, { env })).stdout.trim());
const sent = await readFile(join(folder, basename(builtWorker)));
if (!sent.equals(await readFile(builtWorker))) {
  console.error(`What would be deployed (${folder}) is not ${builtWorker}, which is tested.`);
  process.exitCode = 1;
}
