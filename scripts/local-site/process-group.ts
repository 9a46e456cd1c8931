import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { wranglerEnvironment } from "../database/execute-sql.ts";

type Stop = () => Promise<void> | void;

export interface ProcessGroup {
  /**
   * Starts a program and captures its output.
   * @throws if the group is stopping.
   */
  run(command: string, args: readonly string[], env?: Record<string, string>): ChildProcess;
  /** Registers a callback that runs when the group stops. */
  add(stop: Stop): void;
  /** Ends the group with an error. */
  fail(error: Error): void;
  /** Resolves on the first SIGINT, SIGTERM or SIGHUP; rejects when the group fails. */
  ended: Promise<void>;
  /** Aborts when the group stops. */
  signal: AbortSignal;
  /** Stops everything and waits for it. A second SIGINT, SIGTERM or SIGHUP exits immediately. */
  stop(): Promise<void>;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function createProcessGroup(): ProcessGroup {
  const stops: Stop[] = [];
  const children = new Set<ChildProcess>();
  const stopping = new AbortController();
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  ended.catch(() => {});
  let interruptedAt: number | undefined;
  const interrupt = () => {
    interruptedAt ??= Date.now();
    resolve();
    // The first Ctrl-C may arrive twice: from the terminal and forwarded by npm.
    if (Date.now() > interruptedAt + 1_000) process.exit(1);
  };
  for (const signal of signals) process.on(signal, interrupt);
  // Detached children would survive a crash of this process.
  process.once("exit", () => {
    for (const child of children) killTree(child);
  });

  return {
    ended,
    signal: stopping.signal,
    fail: reject,
    add(stop) {
      if (stopping.signal.aborted) void stop();
      else stops.unshift(stop);
    },
    run(command, args, env = {}) {
      stopping.signal.throwIfAborted();
      const child = spawn(command, args, {
        env: { ...process.env, ...wranglerEnvironment, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      children.add(child);
      child.once("error", reject);
      child.once("exit", () => {
        killTree(child);
        children.delete(child);
      });
      return child;
    },
    async stop() {
      stopping.abort();
      await Promise.all([...children].map(terminate));
      for (const stop of stops.splice(0)) await stop();
    },
  };
}

const terminationTimeoutMs = 5_000;

async function terminate(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  signalTree(child, "SIGTERM");
  const timer = setTimeout(killTree, terminationTimeoutMs, child);
  await exited;
  clearTimeout(timer);
}

/** Kills a child and its descendants: each child leads its own process group. */
export const killTree = (child: ChildProcess) => signalTree(child, "SIGKILL");

function signalTree({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The process group has already exited.
  }
}
