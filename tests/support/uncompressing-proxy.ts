import { once } from "node:events";
import { createServer, request } from "node:http";
import { freePort } from "./free-port.ts";

/**
 * A proxy for browsers that asks for nothing compressed: compressing, the local runtime holds back what is there of a page until
 * there is more of it, which Cloudflare does not.
 */
export async function startUncompressingProxy() {
  const server = createServer((asked, answer) => {
    const { "accept-encoding": _, ...headers } = asked.headers;
    const sent = request(asked.url ?? "", { method: asked.method, headers }, (received) => {
      answer.writeHead(received.statusCode ?? 502, received.rawHeaders);
      received.pipe(answer);
    });
    sent.on("error", () => answer.destroy());
    asked.pipe(sent);
  });
  const port = await freePort();
  server.listen(port, "localhost");
  await once(server, "listening");
  return {
    /** How a browser uses it, for this machine too. */
    forBrowser: { server: `http://localhost:${port}`, bypass: "<-loopback>" },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
