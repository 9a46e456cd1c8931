import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

interface RejectedPost {
  path: string;
  headers: Record<string, string>;
  /** The allowed statuses for any body. */
  statuses: readonly number[];
}

const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };

/** One POST request for each reason to reject it before reading the body. */
export const rejectedPosts = (origin: string): RejectedPost[] => [
  { path: "/api/webhooks/clerk", headers: json, statuses: [400, 413] },
  { path: "/api/webhooks/stripe", headers: json, statuses: [400, 413] },
  { path: "/api/me", headers: json, statuses: [401, 405] },
  { path: "/api/health", headers: json, statuses: [405] },
  { path: "/dashboard", headers: { ...form, origin: "https://evil.example" }, statuses: [403] },
  { path: "/account/edit", headers: { ...form, origin }, statuses: [302, 401] },
  { path: "/admin/users", headers: { ...form, origin }, statuses: [302, 401, 405] },
  { path: "/no-such-page", headers: { ...form, origin }, statuses: [404, 405] },
  { path: "/favicon.svg", headers: { "content-type": "text/plain" }, statuses: [403, 404, 405] },
];

export const bodySizes = [1, 100, 10_000, 65_536, 300_000, 1_000_000, 3_000_000];

/** A keep-alive connection. */
export function createConnection(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    /** The response status, or null if the server closed the connection during the upload. */
    post({ path, headers }: RejectedPost, size: number): Promise<number | null> {
      return new Promise((resolve) => {
        const outgoing = request(
          new URL(path, origin),
          { method: "POST", agent, headers: { ...headers, "content-length": size } },
          (response) => {
            resolve(response.statusCode ?? null);
            response.on("error", () => {}).resume();
          },
        );
        outgoing.on("error", () => resolve(null));
        outgoing.end(Buffer.alloc(size, "a"));
      });
    },
    close: () => agent.destroy(),
  };
}

/** Sends part of the announced body, then disconnects. */
export async function abortUpload(origin: string, path: string, sent: number): Promise<void> {
  const { hostname, port, host } = new URL(origin);
  const socket = connect(Number(port), hostname).on("error", () => {});
  await once(socket, "connect");
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n`;
  socket.write(head + "a".repeat(sent));
  await delay(10);
  socket.destroy();
}

/** More responses than the buffers of a connection hold, if each has 100 kB. */
const pipelined = 40;

/**
 * Requests a path many times on one connection, and disconnects at the first byte.
 * @throws if the server closes the connection without a response.
 */
export async function abortDownload(origin: string, path: string): Promise<void> {
  const { hostname, port, host } = new URL(origin);
  const socket = connect(Number(port), hostname).on("error", () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(pipelined));
  await new Promise<void>((resolve, reject) => {
    // Reads no further: the server still has most of the responses.
    socket.once("readable", () => socket.readableLength > 0 && resolve());
    socket.once("close", () => reject(new Error(`No response to GET ${path}`)));
  });
  socket.destroy();
}
