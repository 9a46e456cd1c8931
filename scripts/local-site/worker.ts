import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { bundlerEnvironment, remixOutput } from "../build.ts";
import { liveReloadHash } from "./live-reload.ts";
import type { LocalOptions } from "./options.ts";
import { killTree, type ProcessGroup } from "./process-group.ts";
import { listen, type Output } from "./process-output.ts";

export interface LocalWorker {
  /** Resolves once the worker answers; rejects when it cannot, with what it said. */
  ready: Promise<void>;
  /** Resolves once the worker no longer runs, with what happened to it. */
  stopped: Promise<string>;
  output: Output;
  kill(): void;
}

export type StartWorker = () => LocalWorker;

const startTimeoutMs = 60_000;

/** Prepares the worker with the local D1 and KV. Its settings come from the file, or from `.dev.vars`. */
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
    const output = listen(child);
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

/** What Remix rebuilds is bundled by wrangler, which then reloads the browser. */
async function wranglerDevArguments(state: string): Promise<string[]> {
  const args = ["dev", remixOutput, "--bundle", "--ip", "localhost", "--persist-to", state];
  args.push("--show-interactive-dev-session=false", "--inspector-port", "0");
  const hash = await liveReloadHash();
  return hash ? [...args, "--live-reload", "--var", `TRUSTED_SCRIPT_HASHES:${hash}`] : args;
}

async function waitUntilReady(url: string, exited: Promise<string>, output: Output) {
  const deadline = AbortSignal.timeout(startTimeoutMs);
  const failed = exited.then((how) => {
    throw new Error(`The worker ${how}:\n${output.text()}`);
  });
  const answered = async () => {
    while (!deadline.aborted) {
      const health = await fetch(url, { signal: deadline }).catch(() => null);
      if (health?.ok) return;
      if (health) throw new Error(`The worker cannot serve. ${await output.failure()}`);
      await delay(100);
    }
    throw new Error(
      `The worker did not start within ${startTimeoutMs / 1000} s:\n${output.text()}`,
    );
  };
  await Promise.race([answered(), failed]);
}

const crashLine = "The Workers runtime crashed unexpectedly";
const recoveryTimeoutMs = 3_000;

/**
 * Resolves if the worker does not recover from a crash of its runtime. `wrangler dev` restarts both of its runtimes, but when the
 * one in front of the application crashed, it accepts connections and never answers.
 */
function hangsAfterCrash(child: ChildProcess, healthUrl: string): Promise<string> {
  return new Promise((resolve) => {
    const read = async (chunk: Buffer) => {
      if (!chunk.includes(crashLine) || (await answers(healthUrl))) return;
      resolve("does not answer since its runtime crashed");
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

/** Rebuilds whenever a file of the app changes; wrangler then bundles and reloads. */
export function startWatch(group: ProcessGroup): void {
  const watch = group.run("remix", ["watch"], { NODE_ENV: "development" });
  watch.stdout?.pipe(process.stdout);
  watch.stderr?.pipe(process.stderr);
}
