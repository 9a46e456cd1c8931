import { parseWithZod } from "@conform-to/zod/v4";
import * as z from "zod";
import { BadRequestError } from "~/errors";
import { assertFieldNames } from "./form-fields.server";
import { readBody } from "./request-body.server";

/** Far more than the longest text of a form takes, whatever its characters. */
const limits = { maxBytes: 1_000_000, timeoutMs: 60_000 };
const maxFields = 200;
/** No form of ours sends files, so none is `multipart/form-data`. */
const formType = "application/x-www-form-urlencoded";
const ampersand = 0x26;

/**
 * Reads the fields of a submitted form.
 * @throws {BadRequestError} if the body is not a form as browsers encode it by default, or has more than 200 fields.
 * @throws {PayloadTooLargeError} if the body is over a megabyte.
 * @throws {RequestTimeoutError} if the body has not arrived after a minute; a slow line sends the longest lesson in that time.
 */
export async function readFormData(request: Request): Promise<FormData> {
  const [type = ""] = request.headers.get("Content-Type")?.split(";") ?? [];
  if (type.trim().toLowerCase() !== formType) throw new BadRequestError("The body is not a form");
  const body = await readBody(request, limits);
  // Counted before they are parsed, which costs far more.
  const separators = new Uint8Array(body).reduce(
    (sum, byte) => sum + (byte === ampersand ? 1 : 0),
    0,
  );
  if (separators >= maxFields) throw new BadRequestError(`Over ${maxFields} fields`);
  return new Response(body, { headers: { "Content-Type": formType } }).formData();
}

interface FormSchemas<Typed extends z.ZodType, Hidden extends z.ZodType> {
  typed: Typed;
  hidden: Hidden;
}

/**
 * Reads a form that a person filled in. The reply of the submission holds what was typed and what is wrong with it.
 * @throws {BadRequestError} if a field is unknown or repeated, or a hidden one is missing or wrong: no page of ours sent that.
 */
export function parseForm<Typed extends z.ZodType, Hidden extends z.ZodType>(
  fields: FormData,
  { typed, hidden }: FormSchemas<Typed, Hidden>,
) {
  // Conform expands a name such as `title[4294967294]` into an array of that length.
  assertFieldNames(fields, [typed, hidden]);
  return {
    submission: parseWithZod(fields, { schema: typed }),
    hidden: parseHidden(fields, hidden),
  };
}

/**
 * Reads a form whose every field was written by a page.
 * @throws {BadRequestError} if a field is unknown, repeated, missing or wrong: no page of ours sent that.
 */
export function parseHiddenFields<Schema extends z.ZodType>(fields: FormData, schema: Schema) {
  assertFieldNames(fields, [schema]);
  return parseHidden(fields, schema);
}

function parseHidden<Schema extends z.ZodType>(fields: FormData, schema: Schema) {
  const read = schema.safeParse(Object.fromEntries(fields));
  if (read.success) return read.data;
  throw new BadRequestError(z.prettifyError(read.error));
}

/**
 * Reads a form whose every field was written by a page, from its request.
 * @throws {BadRequestError} if it is not that form, or no form at all.
 */
export async function parseSubmittedForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
) {
  return parseHiddenFields(await readFormData(request), schema);
}
