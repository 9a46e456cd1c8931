import { parseWithZod } from "@conform-to/zod/v4";
import * as z from "zod";
import { BadRequestError, PayloadTooLargeError } from "~/errors";
import { assertFieldNames } from "./form-fields.server";
import { readBody } from "./request-body.server";

const limits = { maxBytes: 1_000_000, timeoutMs: 60_000 };
const maxFields = 200;
/** Three times the longest text of a form, because a rejected form is shown again. */
const maxCharacters = 150_000;
/** No form sends files, so `multipart/form-data` is rejected. */
const formType = "application/x-www-form-urlencoded";
const ampersand = 0x26;

/**
 * Reads a URL-encoded form of at most 200 fields, 150,000 characters and 1 MB.
 * @throws {BadRequestError | PayloadTooLargeError | RequestTimeoutError}
 */
export async function readFormData(request: Request): Promise<FormData> {
  const [type = ""] = request.headers.get("Content-Type")?.split(";") ?? [];
  if (type.trim().toLowerCase() !== formType) throw new BadRequestError("The body is not a form");
  const body = await readBody(request, limits);
  // Counting is much cheaper than parsing.
  const separators = new Uint8Array(body).reduce(
    (sum, byte) => sum + (byte === ampersand ? 1 : 0),
    0,
  );
  if (separators >= maxFields) throw new BadRequestError(`Over ${maxFields} fields`);
  const response = new Response(body, { headers: { "Content-Type": formType } });
  const fields = await response.formData();
  if (countCharacters(fields) > maxCharacters) {
    throw new PayloadTooLargeError(`The form has over ${maxCharacters} characters`);
  }
  return fields;
}

export const countCharacters = (fields: FormData): number =>
  [...fields].reduce((sum, [name, value]) => sum + name.length + `${value}`.length, 0);

interface FormSchemas<Typed extends z.ZodType, Hidden extends z.ZodType> {
  typed: Typed;
  hidden: Hidden;
}

/**
 * Validates user input, which can be shown again, and hidden fields, which must be correct.
 * @throws {BadRequestError} if a field is unknown or repeated, or a hidden one is invalid.
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

/** For forms without user input. @throws {BadRequestError} if any field is invalid. */
export function parseHiddenFields<Schema extends z.ZodType>(fields: FormData, schema: Schema) {
  assertFieldNames(fields, [schema]);
  return parseHidden(fields, schema);
}

function parseHidden<Schema extends z.ZodType>(fields: FormData, schema: Schema) {
  const read = schema.safeParse(Object.fromEntries(fields));
  if (read.success) return read.data;
  throw new BadRequestError(z.prettifyError(read.error));
}

/** For forms without user input. @throws {BadRequestError} if any field is invalid. */
export async function parseSubmittedForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
) {
  return parseHiddenFields(await readFormData(request), schema);
}
