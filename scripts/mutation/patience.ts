import { availableParallelism, loadavg } from "node:os";

const most = 10;

/** How many times longer than on an idle machine things may take at the present load. */
export function patience(): number {
  const [load = 0] = loadavg();
  return Math.min(most, Math.max(1, load / (2 * availableParallelism())));
}
