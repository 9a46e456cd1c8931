import { Agent, request as send } from "node:http";
import { text } from "node:stream/consumers";

/** A request sent exactly as given: unlike `fetch`, no path is normalized, no header is added. */
export interface RawRequest {
  origin: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | null;
  signal?: AbortSignal;
  /** Reuses the connection of an earlier request, if there is one. */
  keepAlive?: boolean;
}

export interface RawResponse {
  status: number;
  headers: Headers;
  body: string;
}

/** The worker closes a connection when it responds without reading the body. */
const newConnection = new Agent({ keepAlive: false });
/** It also closes those that were idle for 5 s. */
const connections = new Agent({ keepAlive: true, timeout: 500 });

/** Sends the request and reads the complete response, without following redirects. */
export function sendRaw(request: RawRequest) {
  const { origin, path, method = "GET", headers = {}, body, signal, keepAlive } = request;
  const agent = keepAlive ? connections : newConnection;
  return new Promise<RawResponse>((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = send({ agent, hostname, port, path, method, headers, ...(signal && { signal }) });
    sent.once("error", reject);
    sent.once("response", (response) => {
      text(response).then((responseBody) => {
        const received = new Headers();
        for (const [name, values = []] of Object.entries(response.headersDistinct)) {
          for (const value of values) received.append(name, value);
        }
        resolve({ status: response.statusCode ?? 0, headers: received, body: responseBody });
      }, reject);
    });
    sent.end(body ?? undefined);
  });
}
