import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { bundlerEnvironment, remixOutput } from "../build.ts";
import { liveReloadHash } from "./live-reload.ts";
import type { LocalOptions } from "./options.ts";
import { killTree, type ProcessGroup } from "./process-group.ts";
import { captureOutput, type ProcessOutput } from "./process-output.ts";

export interface LocalWorker {
  /** Resolves once the worker is healthy; rejects with its output if it fails to start. */
  ready: Promise<void>;
  /** Resolves with the reason once the worker has stopped. */
  stopped: Promise<string>;
  output: ProcessOutput;
  kill(): void;
}

export type StartWorker = () => LocalWorker;

const startTimeoutMs = 60_000;

/** Returns a function that starts the worker, configured by `envFile` or `.dev.vars`. */
export async function createWorkerStarter(
  group: ProcessGroup,
  { port, state, watch }: LocalOptions,
  envFile: string | null,
): Promise<StartWorker> {
  const settings = ["--port", `${port}`, ...(envFile ? ["--env-file", envFile] : [])];
  const [command, args] = watch
    ? (["wrangler", [...(await wranglerDevArguments(state)), ...settings]] as const)
    : ([process.execPath, ["scripts/local-site/serve.ts", "--state", state, ...settings]] as const);
  const env = { ...bundlerEnvironment, NODE_ENV: watch ? "development" : "production" };
  const healthUrl = `http://localhost:${port}/api/health`;

  return () => {
    const child = group.run(command, args, env);
    const output = captureOutput(child);
    const exited = once(child, "exit").then(
      ([code, signal]) => `exited unexpectedly (${signal ?? `code ${code}`})`,
    );
    const ready = waitUntilReady(healthUrl, exited, output).then(() => {
      child.stdout?.pipe(process.stdout);
      child.stderr?.pipe(process.stderr);
    });
    ready.catch(() => {});
    const stopped = Promise.race([exited, hangsAfterCrash(child, healthUrl)]);
    return { ready, stopped, output, kill: () => killTree(child) };
  };
}

/** Remix rebuilds; wrangler bundles its output and reloads the browser. */
async function wranglerDevArguments(state: string): Promise<string[]> {
  const args = ["dev", remixOutput, "--bundle", "--ip", "localhost", "--persist-to", state];
  args.push("--show-interactive-dev-session=false", "--inspector-port", "0");
  const hash = await liveReloadHash();
  return hash ? [...args, "--live-reload", "--var", `TRUSTED_SCRIPT_HASHES:${hash}`] : args;
}

async function waitUntilReady(url: string, exited: Promise<string>, output: ProcessOutput) {
  const deadline = AbortSignal.timeout(startTimeoutMs);
  const failed = exited.then((reason) => {
    throw new Error(`The worker ${reason}:\n${output.text()}`);
  });
  const healthy = async () => {
    while (!deadline.aborted) {
      const health = await fetch(url, { signal: deadline }).catch(() => null);
      if (health?.ok) return;
      if (health) throw new Error(`The worker is not healthy. ${await output.failure()}`);
      await delay(100);
    }
    throw new Error(
      `The worker did not start within ${startTimeoutMs / 1000} s:\n${output.text()}`,
    );
  };
  await Promise.race([healthy(), failed]);
}

const crashLine = "The Workers runtime crashed unexpectedly";
const recoveryTimeoutMs = 3_000;

/**
 * Resolves if the worker does not recover from a runtime crash. `wrangler dev` runs a proxy runtime
 * in front of the application's; after a crash, the proxy may accept connections but never respond.
 */
function hangsAfterCrash(child: ChildProcess, healthUrl: string): Promise<string> {
  return new Promise((resolve) => {
    const read = async (chunk: Buffer) => {
      if (!chunk.includes(crashLine) || (await answers(healthUrl))) return;
      resolve("stopped responding after its runtime crashed");
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
  });
}

async function answers(url: string): Promise<boolean> {
  const deadline = AbortSignal.timeout(recoveryTimeoutMs);
  while (!deadline.aborted) {
    if (await fetch(url, { signal: deadline }).catch(() => null)) return true;
    await delay(100);
  }
  return false;
}

/** Rebuilds when a file of the app changes. */
export function startWatch(group: ProcessGroup): void {
  const watch = group.run("remix", ["watch"], { NODE_ENV: "development" });
  watch.stdout?.pipe(process.stdout);
  watch.stderr?.pipe(process.stderr);
}
