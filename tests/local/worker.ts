import { setTimeout as delay } from "node:timers/promises";
import { bundlerEnvironment, remixOutput } from "./build-worker.ts";
import { liveReloadHash } from "./live-reload.ts";
import type { LocalOptions } from "./options.ts";
import { listen, type Output } from "./output.ts";
import type { ProcessGroup } from "./process-group.ts";

const patienceMs = 60_000;

/** What Remix builds anew is bundled here instead of by `npm run build`. */
const bundlingArguments = [remixOutput, "--bundle"];

/**
 * Runs the built worker in workerd with the local D1 and KV, and waits until it says that it can serve. Its settings come
 * from the file, or else from wrangler's own `.dev.vars`.
 * @throws with what the worker said when it cannot: a wrong key, a database that does not answer.
 */
export async function startWorker(
  group: ProcessGroup,
  { port, state, watch }: LocalOptions,
  envFile: string | null,
): Promise<void> {
  const args = ["dev", ...(watch ? bundlingArguments : [])];
  args.push("--ip", "localhost", "--port", `${port}`, "--persist-to", state);
  args.push("--show-interactive-dev-session=false", "--inspector-port", "0");
  if (envFile) args.push("--env-file", envFile);
  if (watch) args.push(...(await liveReloadArguments()));
  const env = { ...bundlerEnvironment, NODE_ENV: watch ? "development" : "production" };
  const worker = group.run("wrangler", args, { env });
  const output = listen(worker);
  await Promise.race([ready(`http://localhost:${port}/api/health`, output), group.ended]);
  worker.stdout?.pipe(process.stdout);
  worker.stderr?.pipe(process.stderr);
}

async function liveReloadArguments(): Promise<string[]> {
  const hash = await liveReloadHash();
  return hash ? ["--live-reload", "--var", `TRUSTED_SCRIPT_HASHES:${hash}`] : [];
}

/** Builds again whenever a file of the app changes; wrangler then puts the packages in and reloads. */
export function startWatch(group: ProcessGroup): void {
  const watch = group.run("remix", ["watch"], { env: { NODE_ENV: "development" } });
  watch.stdout?.pipe(process.stdout);
  watch.stderr?.pipe(process.stderr);
}

async function ready(healthUrl: string, output: Output): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const health = await fetch(healthUrl).catch(() => null);
    if (health?.ok) return;
    if (health) throw new Error(`The worker cannot serve. ${await output.failure()}`);
    await delay(100);
  }
  throw new Error(`The worker did not start within ${patienceMs / 1000} s:\n${output.text()}`);
}
