import { once } from "node:events";
import { connect } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { freePort } from "../free-port.ts";
import type { Certificate } from "./certificate.ts";

/** Terminates TLS and passes each connection on to the local port of the requested host. */
export async function startTlsTerminator(
  { key, cert }: Certificate,
  ports: Readonly<Record<string, number>>,
) {
  const sockets = new Set<TLSSocket>();
  const server = createServer({ key, cert, ALPNProtocols: ["http/1.1"] }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const target = ports[socket.servername || ""];
    if (target === undefined) return void socket.destroy();
    const upstream = connect(target, "localhost");
    socket.pipe(upstream).pipe(socket);
    // Either side may break the connection at any time.
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
  });
  const port = await freePort();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
