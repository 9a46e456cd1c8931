import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { freePort } from "./free-port.ts";

/**
 * Passes Backend API calls on to one of several local Clerks. Selecting another one is what a
 * secret key of another instance does. Use its origin as `CLERK_API_URL`.
 */
export async function startClerkSwitch(initialOrigin: string) {
  let origin = initialOrigin;
  const port = await freePort();
  const server = createServer(async (request, response) => {
    const answer = await fetch(`${origin}/bapi${request.url}`, await initOf(request));
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
  });
  server.listen(port, "localhost");
  await once(server, "listening");
  return {
    origin: `http://localhost:${port}`,
    select(next: string) {
      origin = next;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function initOf(request: IncomingMessage): Promise<RequestInit> {
  const { method = "GET", headers } = request;
  const authorization = headers.authorization ?? "";
  const body = method === "GET" ? {} : { body: await buffer(request) };
  return { method, headers: { authorization, "content-type": "application/json" }, ...body };
}
