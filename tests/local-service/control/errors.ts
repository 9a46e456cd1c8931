import type { z } from "zod";

/** An error response of the control API or page. */
export class ControlError extends Error {
  readonly status: 403 | 404 | 422;
  /** The invalid field, if any. */
  readonly field: string | undefined;

  constructor(status: ControlError["status"], message: string, field?: string) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** @throws {ControlError} 422 with the first invalid field. */
export function validateInput<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = String(issue?.path[0] ?? "body");
  throw new ControlError(422, issue?.message ?? "is invalid", field);
}
