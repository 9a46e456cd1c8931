import { availableParallelism, loadavg } from "node:os";

const most = 10;

/** How much longer than on an idle machine a timeout must be at the present load. */
export function timeoutFactor(): number {
  const [load = 0] = loadavg();
  return Math.min(most, Math.max(1, load / (2 * availableParallelism())));
}
