import { parseWithZod } from "@conform-to/zod/v4";
import * as z from "zod";

// The Content-Security-Policy lets nothing be compiled in the page. Zod would try whether it may, and that alone is a violation.
z.config({ jitless: true });

/** Checks a form in the browser by the schema that the worker checks it by: for Conform's `onValidate`. */
export function clientValidator<Schema extends z.ZodType>(schema: Schema) {
  return ({ formData }: { formData: FormData }) => parseWithZod(formData, { schema });
}
