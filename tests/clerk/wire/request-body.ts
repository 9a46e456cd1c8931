import type { Context } from "hono";
import { ClerkError } from "./errors.ts";

/** The body of a request. Throws 415 for one of another content type. */
export async function readBody(c: Context, contentType: string): Promise<string> {
  const body = await c.req.text();
  const given = c.req.header("content-type") ?? "";
  const isExpected = given.split(";")[0]?.trim().toLowerCase() === contentType;
  if (body !== "" && !isExpected) throw contentTypeUnsupported(given, contentType);
  return body;
}

const contentTypeUnsupported = (actual: string, expected: string) =>
  new ClerkError(
    415,
    "unsupported_content_type",
    "Content-Type is unsupported",
    undefined,
    `Content-Type ${actual} is unsupported. You should use ${expected} instead.`,
  );
