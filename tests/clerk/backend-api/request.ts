import type { Context } from "hono";
import { z } from "zod";
import { requestBodyInvalid, resourceNotFound } from "../wire/errors.ts";
import { readBody } from "../wire/request-body.ts";
import { validate } from "../wire/validate.ts";

/** Validates the JSON body; empty counts as `{}`. */
export async function readJson<Body>(c: Context, schema: z.ZodType<Body>): Promise<Body> {
  const text = await readBody(c, "application/json");
  return validate(schema, text === "" ? {} : parseJson(text));
}

/** Validates the query string as a list of values per name; `name` and `name[]` are the same. */
export function readQuery<Query>(c: Context, schema: z.ZodType<Query>): Query {
  const values: Record<string, string[]> = {};
  for (const [name, value] of new URL(c.req.url).searchParams) {
    const key = name.replace(/\[\]$/, "");
    values[key] = [...(values[key] ?? []), value];
  }
  return validate(schema, values);
}

/** For `readJson` and `readQuery`: refuses every parameter. */
export const noParameters = z.strictObject({});

export function pathId(c: Context): string {
  const id = c.req.param("id");
  if (id === undefined) throw resourceNotFound("resource", "");
  return id;
}

/** For `readQuery`: the last value of a parameter. */
export const stringParam = z.array(z.string()).transform((values) => values.at(-1));

export const numberParam = stringParam.pipe(z.coerce.number<string | undefined>().int().min(0));

export const flagParam = stringParam.pipe(z.enum(["true", "false"])).transform((t) => t === "true");

/** Paging, with Clerk's default and maximum. */
export const pageQuery = {
  limit: stringParam.pipe(z.coerce.number<string | undefined>().int().min(1).max(500)).default(10),
  offset: numberParam.default(0),
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw requestBodyInvalid();
  }
}
