import { execFile } from "node:child_process";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { wranglerEnvironment } from "./database/execute-sql.ts";

/** Remix's output: one file that still imports its packages. */
export const remixOutput = "build/remix/index.js";

/** The module that is tested, benchmarked, run locally and deployed: `main` in wrangler.toml. */
export const builtWorker = "build/index.js";

/**
 * wrangler.toml cannot hold these. `import` resolves dual packages to ES modules: `@clerk/remix`
 * uses `require`, which prevents tree shaking.
 */
export const bundlerConditions = ["workerd", "worker", "browser", "import"];

interface BundleOptions {
  /** The application's folder; defaults to the current one. */
  cwd?: string;
  entry?: string;
  outfolder?: string;
  compatibilityFlags?: readonly string[];
  define?: Record<string, unknown>;
}

/**
 * Builds the application in the given folder for production and returns the output.
 * @throws with the output if the build fails.
 */
export async function buildWorker(cwd?: string): Promise<string> {
  const output = await remixBuild({ cwd });
  await renameRouteScripts(cwd);
  const define = { CLERK_UI_SCRIPTS: await scriptsOf("app/layout/clerk-site-layout.tsx", cwd) };
  return output + (await bundleWorker({ cwd, define }));
}

export async function remixBuild({ cwd, folder }: { cwd?: string; folder?: string }) {
  return run("remix", folder ? ["build", folder] : ["build"], cwd);
}

/**
 * Remix names a route's script after its file. A `$` or a bracket would cost each request for it a
 * redirect to the escaped name.
 */
async function renameRouteScripts(cwd = "."): Promise<void> {
  const folder = join(cwd, "public/build");
  for (const name of await readdir(join(folder, "routes"))) {
    await rename(join(folder, "routes", name), join(folder, "routes", plainName(name)));
  }
  const manifests = (await readdir(folder)).filter((name) => name.startsWith("manifest-"));
  for (const file of [join(cwd, remixOutput), ...manifests.map((name) => join(folder, name))]) {
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/(?<="\/build\/routes\/)[^"]+/g, plainName));
  }
}

const plainName = (name: string) => name.replace(/[^\w.-]/g, "_");

const metafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      entryPoint: z.string().optional(),
      imports: z.array(z.object({ path: z.string(), kind: z.string() })),
    }),
  ),
});

/**
 * The URLs of a dynamically imported module and its static imports; Remix's manifest lacks them.
 */
async function scriptsOf(module: string, cwd = "."): Promise<string[]> {
  const metafile = await readFile(join(cwd, "build/remix/metafile.js.json"), "utf8");
  const outputs = Object.entries(metafileSchema.parse(JSON.parse(metafile)).outputs);
  const [path, chunk] = outputs.find(([, { entryPoint }]) => entryPoint === module) ?? [];
  if (path === undefined || !chunk) throw new Error(`The build has no chunk of ${module}`);
  const imports = chunk.imports.filter(({ kind }) => kind === "import-statement");
  return [path, ...imports.map((imported) => imported.path)].map((file) =>
    file.replace(/^public/, ""),
  );
}

/** Bundles Remix's output with its packages, using wrangler and the aliases in wrangler.toml. */
export async function bundleWorker({
  cwd,
  entry = remixOutput,
  outfolder = "build",
  compatibilityFlags = [],
  define = {},
}: BundleOptions = {}): Promise<string> {
  const args = ["deploy", entry, "--dry-run", "--bundle", "--minify", "--outdir", outfolder];
  for (const [name, value] of Object.entries(define)) {
    args.push("--define", `${name}:${JSON.stringify(value)}`);
  }
  for (const flag of compatibilityFlags) args.push("--compatibility-flag", flag);
  return run("wrangler", args, cwd);
}

async function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  const env = {
    ...process.env,
    ...wranglerEnvironment,
    WRANGLER_BUILD_CONDITIONS: bundlerConditions.join(),
    NODE_ENV: "production",
    WRANGLER_LOG: "warn",
  };
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd, env });
  return stdout + stderr.replace(lateCrash, "");
}

/**
 * Remix's esbuild prints this if it is stopped while it waits for a ping: the output is complete.
 */
const lateCrash = /fatal error: all goroutines are asleep - deadlock![\s\S]*/;

if (import.meta.main) process.stdout.write(await buildWorker());
