import { PayloadTooLargeError } from "./errors";

/**
 * The body of a request. Reading stops as soon as there is too much: a declared length may be absent or untrue.
 * @throws {PayloadTooLargeError} over that many bytes.
 */
export async function readBody(request: Request, mostBytes: number): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > mostBytes) throw new PayloadTooLargeError(`The body is over ${mostBytes} bytes`);
    parts.push(part.value);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    body.set(part, offset);
    offset += part.byteLength;
  }
  return body.buffer;
}
