import { execFileSync } from "node:child_process";

/**
 * Kills a process and all that it has started. They have no process group of their own, so that a
 * whole run can be paused.
 */
export function killTree(pid: number): void {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const processes = list.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const descendantsOf = (parent: number): number[] =>
    processes.flatMap(([child = 0, ppid]) =>
      ppid === parent ? [child, ...descendantsOf(child)] : [],
    );
  for (const process of [pid, ...descendantsOf(pid)]) kill(process);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
