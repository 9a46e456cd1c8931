import { Agent, request as send } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it goes over the wire: unlike `fetch`, nothing straightens the path or adds a header. */
export interface RawRequest {
  origin: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | null;
  signal?: AbortSignal;
}

export interface RawResponse {
  status: number;
  headers: Headers;
  body: string;
}

/** A connection for each: a worker that answers without reading a body closes it. */
const agent = new Agent({ keepAlive: false });

/** Sends it and reads the whole answer; redirects are not followed. */
export function sendRaw(request: RawRequest) {
  const { origin, path, method = "GET", headers = {}, body, signal } = request;
  return new Promise<RawResponse>((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = send({ agent, hostname, port, path, method, headers, ...(signal && { signal }) });
    sent.once("error", reject);
    sent.once("response", (response) => {
      text(response).then((answer) => {
        const received = new Headers();
        for (const [name, values = []] of Object.entries(response.headersDistinct)) {
          for (const value of values) received.append(name, value);
        }
        resolve({ status: response.statusCode ?? 0, headers: received, body: answer });
      }, reject);
    });
    sent.end(body ?? undefined);
  });
}
