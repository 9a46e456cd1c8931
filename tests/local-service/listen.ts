import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { z } from "zod";

/** `env` holds the Node.js request and response. */
export type Handler = (request: Request, env?: object) => Promise<Response>;

const addressSchema = z.object({ port: z.number() });

export type Listener = {
  /** Such as `http://127.0.0.1:8788`. */
  origin: string;
  handle(handler: Handler): void;
  /** Stops listening and closes all connections. */
  close(): Promise<void>;
};

/** Listens on a port; 0 picks a free one. Rejects with the code `EADDRINUSE` if it is taken. */
export async function listen(name: string, port: number, host: string): Promise<Listener> {
  const server = createServer();
  // No limit: on a busy machine, a client could send a request just as its connection is closed.
  server.keepAliveTimeout = 0;
  server.listen(port, host);
  await listening(server, `The ${name} cannot listen on ${host}:${port}: the port is taken`);
  return {
    origin: `http://${host}:${addressSchema.parse(server.address()).port}`,
    handle: (handler) =>
      void server.on("request", getRequestListener(handler, { overrideGlobalObjects: false })),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listening(server: Server, message: string): Promise<void> {
  try {
    await once(server, "listening");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") throw error;
    throw Object.assign(new Error(message, { cause: error }), { code: "EADDRINUSE" });
  }
}
