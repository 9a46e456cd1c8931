import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { buildWorker, builtWorker } from "../build.ts";
import { instrument } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";
import { isInScope } from "./scope.ts";

export const folder = "build/mutation";
/** A copy of the working tree whose code contains all mutants. */
export const checkout = join(folder, "checkout");

const entry = "app/entry.worker.ts";
const wrappedEntry = "app/entry.original.ts";

/** Reports what has been reached: while the worker was loaded, and since then. */
const entryWrapper = `import worker from "./entry.original";

const mutants = globalThis.__stryker__;
const coverage = (mutants.mutantCoverage ??= { static: {}, perTest: {} });
const loaded = Object.keys(coverage.static);
coverage.static = {};

export default {
  ...worker,
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname !== "/__mutants") return worker.fetch(request, env, ctx);
    return Response.json({ loaded, called: Object.keys(coverage.static) });
  },
};
`;

const activation =
  'import { env as __env } from "cloudflare:workers";\nglobalThis.__stryker__ = { activeMutant: __env.ACTIVE_MUTANT };\n';

/** Has the hash of what was built last. */
const builtHashPath = join(folder, "built-hash");

export const readMutants = async (): Promise<Mutant[]> =>
  (await instrumentAll(await trackedFiles())).mutants;

const instrumentAll = async (files: readonly string[]) =>
  instrument(
    await Promise.all(
      files
        .filter(isInScope)
        .map(async (file) => ({ file, content: await readFile(file, "utf8") })),
    ),
  );

/** Updates the copy, and builds it if the code has changed. */
export async function prepareCheckout(): Promise<Mutant[]> {
  const files = await trackedFiles();
  for (const name of ["app", "tests", "scripts"])
    await rm(join(checkout, name), { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(checkout, file)), { recursive: true });
    await cp(file, join(checkout, file));
  }
  await linkPackages();
  const hash = await hashOf(
    files.filter((file) =>
      /^(app|public|migrations)\/|^(package|package-lock|tsconfig)\.json$|^(remix\.config\.js|wrangler\.toml)$/.test(
        file,
      ),
    ),
  );
  const instrumented = await instrumentAll(files);
  for (const { file, content } of instrumented.files)
    await writeFile(join(checkout, file), content);
  const builtHash = await readFile(builtHashPath, "utf8").catch(() => null);
  if (builtHash !== hash) {
    await build();
    await writeFile(builtHashPath, hash);
  }
  return instrumented.mutants;
}

async function trackedFiles(): Promise<string[]> {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const { stdout } = await promisify(execFile)("git", args, { maxBuffer: 2 ** 24 });
  const files = stdout.split("\n").filter(Boolean);
  return files.filter((file) => !file.startsWith("docs/screenshots/") && existsSync(file));
}

const linkPackages = () =>
  symlink(join(process.cwd(), "node_modules"), join(checkout, "node_modules")).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(file));
  return hash.digest("hex");
}

async function build(): Promise<void> {
  const original = await readFile(join(checkout, entry), "utf8");
  await writeFile(join(checkout, wrappedEntry), original);
  await writeFile(join(checkout, entry), entryWrapper);
  await buildWorker(checkout);
  const worker = join(checkout, builtWorker);
  await writeFile(worker, activation + (await readFile(worker, "utf8")));
}
