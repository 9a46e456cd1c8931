import { parseWithZod } from "@conform-to/zod/v4";
import * as z from "zod";

// Zod's check whether it can compile code would already violate the Content Security Policy.
z.config({ jitless: true });

/** For Conform's `onValidate`: the same schema as in the worker. */
export function clientValidator<Schema extends z.ZodType>(schema: Schema) {
  return ({ formData }: { formData: FormData }) => parseWithZod(formData, { schema });
}
