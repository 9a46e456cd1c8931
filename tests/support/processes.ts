import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The ids of running processes whose command line contains all texts. */
async function findProcesses(...texts: string[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axwwo", "pid=,args="], {
    maxBuffer: 10_000_000,
  });
  return stdout
    .split("\n")
    .filter((line) => texts.every((text) => line.includes(text)))
    .map((line) => Number.parseInt(line, 10));
}

/** Kills the only process whose command line contains all texts. */
export async function killProcess(...texts: string[]): Promise<void> {
  const [pid, ...others] = await findProcesses(...texts);
  if (pid === undefined || others.length > 0) throw new Error(`Not one process: ${texts}`);
  process.kill(pid, "SIGKILL");
}
