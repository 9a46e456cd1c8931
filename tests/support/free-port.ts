import { createServer } from "node:net";

const usedPorts = new Set<number>();

/** A free port. Never returns the same one twice: the system may, while it is not yet in use. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await anyFreePort();
    if (usedPorts.has(port)) continue;
    usedPorts.add(port);
    return port;
  }
}

function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "localhost", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("No port")),
      );
    });
  });
}
