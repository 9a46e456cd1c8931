import type { Context } from "hono";
import type { z } from "zod";
import { ControlError, validateInput } from "./errors.ts";

/**
 * The JSON body; empty counts as `{}`.
 * @throws {ControlError} 422 with the first invalid field.
 */
export async function readBody<Body>(c: Context, schema: z.ZodType<Body>): Promise<Body> {
  const text = await c.req.text();
  return validateInput(schema, text === "" ? {} : parseJson(text));
}

/** @throws {ControlError} 422 with the first invalid field. */
export async function readForm<Form>(c: Context, schema: z.ZodType<Form>): Promise<Form> {
  return validateInput(schema, await c.req.parseBody());
}

export function pageNumber(c: Context): number {
  const page = Number(c.req.query("page") ?? 1);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(422, "The body is not JSON.", "body");
  }
}
