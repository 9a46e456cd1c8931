import { parseWithZod } from "@conform-to/zod/v4";
import * as z from "zod";
import { readBody } from "./body.server";
import { BadRequestError } from "./errors";

/** Far more than the longest text of a form takes, whatever its characters. */
const limits = { mostBytes: 1_000_000, patienceMs: 60_000 };

/**
 * The fields of a form that was sent.
 * @throws {BadRequestError} when the body is no form.
 * @throws {PayloadTooLargeError} over a megabyte.
 * @throws {RequestTimeoutError} when it has not come after a minute: the longest lesson on a slow line has.
 */
export async function readFields(request: Request): Promise<FormData> {
  const body = await readBody(request, limits);
  const headers = { "Content-Type": request.headers.get("Content-Type") ?? "" };
  try {
    return await new Response(body, { headers }).formData();
  } catch (cause) {
    throw new BadRequestError("The body is no form", { cause });
  }
}

/** Conform's own buttons are not in use, and it would fail on one that somebody made up. */
const reserved = ["__intent__", "__state__"];

/** Reads what somebody typed; the reply brings back every word along with what is wrong with it. */
export function readForm<Schema extends z.ZodType>(fields: FormData, schema: Schema) {
  const typed = new FormData();
  for (const [name, value] of fields) if (!reserved.includes(name)) typed.append(name, value);
  return parseWithZod(typed, { schema });
}

/**
 * Reads what a page put into its form itself; of several fields with one name, the last.
 * @throws {BadRequestError} when it is not there: no page of ours sent that.
 */
export function readHidden<Schema extends z.ZodType>(fields: FormData, schema: Schema) {
  const read = schema.safeParse(Object.fromEntries(fields));
  if (read.success) return read.data;
  throw new BadRequestError(z.prettifyError(read.error));
}

/**
 * Reads a form of which a page wrote every word.
 * @throws {BadRequestError} when it is not that form, or no form at all.
 */
export async function readSent<Schema extends z.ZodType>(request: Request, schema: Schema) {
  return readHidden(await readFields(request), schema);
}
