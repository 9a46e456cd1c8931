import { PayloadTooLargeError, RequestTimeoutError } from "~/errors";
import { TimeoutError, withTimeout } from "./timeout";

interface Limits {
  maxBytes: number;
  /** How long all of it may take to come. */
  timeoutMs: number;
}

/**
 * The body of a request. Reading stops as soon as there is too much: a declared length may be absent or untrue.
 * @throws {PayloadTooLargeError} over that many bytes.
 * @throws {RequestTimeoutError} when it has not come in that time.
 */
export async function readBody(
  request: Request,
  { maxBytes, timeoutMs }: Limits,
): Promise<ArrayBuffer> {
  const reader = request.body?.getReader();
  if (!reader) return new ArrayBuffer(0);
  try {
    return await withTimeout(readAll(reader, maxBytes), timeoutMs);
  } catch (error) {
    // The sender may be gone, and then there is nothing left to cancel.
    reader.cancel(error).catch(() => {});
    if (!(error instanceof TimeoutError)) throw error;
    throw new RequestTimeoutError("The body did not come", { cause: error });
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length > maxBytes) throw new PayloadTooLargeError(`The body is over ${maxBytes} bytes`);
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
