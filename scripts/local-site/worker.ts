import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
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
export function createWorkerStarter(
  group: ProcessGroup,
  { port, state, watch }: LocalOptions,
  envFile: string | null,
): StartWorker {
  const args = ["scripts/local-site/serve.ts", "--port", `${port}`, "--state", state];
  if (envFile) args.push("--env-file", envFile);
  if (watch) args.push("--watch");
  const env = { NODE_ENV: watch ? "development" : "production" };
  const healthUrl = `http://localhost:${port}/api/health`;

  return () => {
    const child = group.run(process.execPath, args, env);
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

/** Resolves if Miniflare, which restarts a crashed runtime, does not bring it back in time. */
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
