import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports from which systems choose those of outgoing connections. */
const lowest = 20_000;
const highest = 30_000;
const usedPorts = new Set<number>();

/** A free port, never the same one twice. No outgoing connection takes it before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest);
    if (usedPorts.has(port)) continue;
    usedPorts.add(port);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "localhost", () => server.close(() => resolve(true)));
  });
}
