import { BadRequestError, PayloadTooLargeError, RequestTimeoutError } from "~/errors";
import { TimeoutError, withTimeout } from "./timeout";

interface Limits {
  maxBytes: number;
  /** For the whole body. */
  timeoutMs: number;
}

/**
 * Stops at the limit, since a declared length may be absent or wrong.
 * @throws {PayloadTooLargeError | RequestTimeoutError}
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
    // Canceling fails if the client has disconnected.
    reader.cancel(error).catch(() => {});
    if (!(error instanceof TimeoutError)) throw error;
    throw new RequestTimeoutError("The body did not arrive in time", { cause: error });
  }
}

/**
 * The body as text, exactly as sent.
 * @throws {PayloadTooLargeError | RequestTimeoutError}
 * @throws {BadRequestError} if it is not UTF-8.
 */
export async function readText(request: Request, limits: Limits): Promise<string> {
  const bytes = await readBody(request, limits);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new BadRequestError("The body is not UTF-8", { cause });
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
