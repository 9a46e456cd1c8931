import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { wranglerEnvironment } from "./database/execute-sql.ts";

/** What Remix makes: the application as one file, which still imports its packages. */
export const remixOutput = "build/remix/index.js";

/** The one module that tests, benchmarks and `npm start` run, and that is deployed: `main` in wrangler.toml. */
export const builtWorker = "build/index.js";

/**
 * What wrangler's bundler is told beside wrangler.toml. With `import` among the conditions a package that comes in two forms is
 * taken as an ES module by all: `@clerk/remix` asks for the other form, of which nothing can be left out.
 */
export const bundlerEnvironment = {
  ...wranglerEnvironment,
  WRANGLER_BUILD_CONDITIONS: "workerd,worker,browser,import",
};

interface BundleOptions {
  /** Where the application is, if not here. */
  cwd?: string;
  /** What Remix made. */
  entry?: string;
  outfolder?: string;
  compatibilityFlags?: readonly string[];
}

/**
 * Builds the application, or another one in the given folder: for production, whatever `NODE_ENV` is here. What was said meanwhile.
 * @throws with what was said when it cannot be built.
 */
export async function buildWorker(cwd?: string): Promise<string> {
  return (await remixBuild({ cwd })) + (await bundleWorker({ cwd }));
}

export async function remixBuild({ cwd, folder }: { cwd?: string; folder?: string }) {
  return run("remix", folder ? ["build", folder] : ["build"], cwd);
}

/** Puts the packages into what Remix made, by wrangler's own bundler and the aliases of wrangler.toml. */
export async function bundleWorker({
  cwd,
  entry = remixOutput,
  outfolder = "build",
  compatibilityFlags = [],
}: BundleOptions = {}): Promise<string> {
  const args = ["deploy", entry, "--dry-run", "--bundle", "--minify", "--outdir", outfolder];
  for (const flag of compatibilityFlags) args.push("--compatibility-flag", flag);
  return run("wrangler", args, cwd);
}

async function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  const env = {
    ...process.env,
    ...bundlerEnvironment,
    NODE_ENV: "production",
    WRANGLER_LOG: "warn",
  };
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd, env });
  return stdout + stderr;
}

if (import.meta.main) process.stdout.write(await buildWorker());
