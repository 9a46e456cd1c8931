import type { z } from "zod";
import { invalidParameter } from "./errors.ts";

/** Parses the value. Throws 422 naming the first invalid field. */
export function validate<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidParameter(String(issue?.path[0] ?? "body"), issue?.message ?? "is invalid");
}
