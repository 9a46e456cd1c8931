import { type ChildProcess, spawn } from "node:child_process";

type Stop = () => Promise<void> | void;

export interface ProcessGroup {
  /** Starts a program that belongs to the group; its end ends the group. */
  run(
    command: string,
    args: readonly string[],
    options?: { env?: Record<string, string> },
  ): ChildProcess;
  /** Something else to stop with the group. */
  add(stop: Stop): void;
  /** Resolves when a person asks for the end (Ctrl-C); rejects when a program of the group ends by itself. */
  ended: Promise<void>;
  /** Stops all of it and waits until it is gone. */
  stop(): Promise<void>;
}

const patienceMs = 5_000;

export function createProcessGroup(): ProcessGroup {
  const stops: Stop[] = [];
  let stopping = false;
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  ended.catch(() => {});
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => resolve());

  return {
    ended,
    add: (stop) => stops.unshift(stop),
    run(command, args, { env = {} } = {}) {
      const child = spawn(command, args, {
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      const gone = new Promise<void>((done) => child.once("exit", () => done()));
      child.once("error", (error) => reject(error));
      child.once("exit", (code) => {
        if (!stopping)
          reject(new Error(`${command} ${args[0] ?? ""} ended by itself (code ${code}).`));
      });
      stops.unshift(() => endChild(child, gone));
      return child;
    },
    async stop() {
      stopping = true;
      for (const stop of stops.splice(0)) await stop();
    },
  };
}

/** Children lead their own process group, so that what they started ends with them. */
async function endChild(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    signalGroup(child, "SIGTERM");
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), patienceMs);
    await gone;
    clearTimeout(timer);
  }
  signalGroup(child, "SIGKILL");
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of that group is left.
  }
}
