import { access } from "node:fs/promises";
import { createServer } from "node:net";
import { builtWorker } from "../build.ts";

/** @throws if the worker has not been built. */
export async function assertBuilt(): Promise<void> {
  try {
    await access(builtWorker);
  } catch {
    throw new Error("No build found. Run `npm run build` first, or `npm start`, which does both.");
  }
}

/** @throws if the port is in use on either loopback address. */
export async function assertPortFree(port: number, purpose: string): Promise<void> {
  for (const host of ["127.0.0.1", "::1"]) await probe(host, port, purpose);
}

function probe(host: string, port: number, purpose: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return resolve();
      reject(
        new Error(`Port ${port} (${purpose}) is in use. Stop the other program and try again.`),
      );
    });
    server.listen({ host, port }, () => server.close(() => resolve()));
  });
}
