import type { Context } from "hono";
import { z } from "zod";
import { invalidParameter, resourceNotFound } from "../wire/errors.ts";
import { validate } from "../wire/validated-json.ts";

/** The JSON body, checked; nothing sent counts as `{}`. Throws 422 naming what is wrong. */
export async function readJson<Body>(c: Context, schema: z.ZodType<Body>): Promise<Body> {
  const text = await c.req.text();
  return validate(schema, text === "" ? {} : parseJson(text));
}

/** The query, checked: each name with all its values (`name` and `name[]` mean the same). */
export function readQuery<Query>(c: Context, schema: z.ZodType<Query>): Query {
  const values: Record<string, string[]> = {};
  for (const [name, value] of new URL(c.req.url).searchParams) {
    const key = name.replace(/\[\]$/, "");
    values[key] = [...(values[key] ?? []), value];
  }
  return validate(schema, values);
}

export function pathId(c: Context): string {
  const id = c.req.param("id");
  if (id === undefined) throw resourceNotFound("resource", "");
  return id;
}

/** One value of a query parameter, for use with `readQuery`. */
export const single = z.array(z.string()).transform((values) => values.at(-1));

/** A number in a query parameter. */
export const singleNumber = single.pipe(z.coerce.number<string | undefined>().int().min(0));

/** How far into a list, and how much of it: 10 by default and 500 at most, as at Clerk. */
export const pageQuery = {
  limit: single.pipe(z.coerce.number<string | undefined>().int().min(1).max(500)).default(10),
  offset: singleNumber.default(0),
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter("body", "The body is not JSON.");
  }
}
