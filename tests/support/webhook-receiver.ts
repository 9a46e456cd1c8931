import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { z } from "zod";

export type Received = { id: string; headers: Record<string, string>; body: string };

/** A webhook endpoint that records messages and responds with the status that `respond` returns. */
export async function startReceiver(
  respond: (received: Received) => number | Promise<number> = () => 200,
) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const headers = z.record(z.string(), z.coerce.string()).parse(request.headers);
    const message = { id: headers["svix-id"] ?? "", headers, body: await text(request) };
    received.push(message);
    response.writeHead(await respond(message), { location: "/elsewhere" }).end("received");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}/hook`, received };
}
