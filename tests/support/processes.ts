import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Ids of the running processes whose command line contains every text. */
export async function findProcesses(...texts: string[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axwwo", "pid=,args="], {
    maxBuffer: 10_000_000,
  });
  return stdout
    .split("\n")
    .filter((line) => texts.every((text) => line.includes(text)))
    .map((line) => Number.parseInt(line, 10));
}
