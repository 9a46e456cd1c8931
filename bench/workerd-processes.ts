import { readdir, readFile, writeFile } from "node:fs/promises";

/** Peak MB of the workerd child processes since `resetPeakMemory`; null without /proc. */
export async function peakMemoryMb(): Promise<number | null> {
  const statuses = await workerdStatuses();
  if (statuses.length === 0) return null;
  const kilobytes = statuses.map(({ text }) => Number(/^VmHWM:\s+(\d+) kB/m.exec(text)?.[1]));
  return Math.round(kilobytes.reduce((sum, value) => sum + value, 0) / 1024);
}

/** Does nothing without /proc. */
export async function resetPeakMemory(): Promise<void> {
  for (const { pid } of await workerdStatuses()) {
    await writeFile(`/proc/${pid}/clear_refs`, "5").catch(() => {});
  }
}

/** CPU time of all threads of this process's workerd children; null without /proc. */
export async function cpuMilliseconds(): Promise<number | null> {
  const processes = await workerdStatuses();
  if (processes.length === 0) return null;
  const times = await Promise.all(processes.map(({ pid }) => cpuNanoseconds(pid)));
  return times.reduce((sum, value) => sum + value, 0) / 1e6;
}

async function cpuNanoseconds(pid: string): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const times = await Promise.all(
    threads.map(async (thread) => {
      const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8").catch(() => "");
      return Number(text.split(" ")[0] || 0);
    }),
  );
  return times.reduce((sum, value) => sum + value, 0);
}

async function workerdStatuses(): Promise<{ pid: string; text: string }[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => ({
      pid,
      text: await readFile(`/proc/${pid}/status`, "utf8").catch(() => ""),
    })),
  );
  return all.filter(
    ({ text }) => text.startsWith("Name:\tworkerd") && text.includes(`\nPPid:\t${process.pid}\n`),
  );
}
