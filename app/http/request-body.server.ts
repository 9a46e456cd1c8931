import { PayloadTooLargeError, RequestTimeoutError } from "~/errors";
import { TimeoutError, withTimeout } from "./timeout";

interface Limits {
  mostBytes: number;
  /** How long all of it may take to come. */
  patienceMs: number;
}

/**
 * The body of a request. Reading stops as soon as there is too much: a declared length may be absent or untrue.
 * @throws {PayloadTooLargeError} over that many bytes.
 * @throws {RequestTimeoutError} when it has not come in that time.
 */
export async function readBody(
  request: Request,
  { mostBytes, patienceMs }: Limits,
): Promise<ArrayBuffer> {
  const reader = request.body?.getReader();
  if (!reader) return new ArrayBuffer(0);
  try {
    return await withTimeout(readAll(reader, mostBytes), patienceMs);
  } catch (error) {
    // The sender may be gone, and then there is nothing left to cancel.
    reader.cancel(error).catch(() => {});
    if (!(error instanceof TimeoutError)) throw error;
    throw new RequestTimeoutError("The body did not come", { cause: error });
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  mostBytes: number,
): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
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
