import * as z from "zod";
import { BadRequestError } from "~/errors";

/**
 * Rejects a form that none of our pages could have sent: every field belongs to one of the schemas and is there once.
 * @throws {BadRequestError} if a field is unknown or repeated.
 */
export function assertFieldNames(fields: FormData, schemas: readonly z.core.$ZodType[]): void {
  const expected = new Set(schemas.flatMap(namesOf));
  for (const name of fields.keys()) {
    if (!expected.delete(name)) throw new BadRequestError("A field is unknown or repeated");
  }
}

/** The names of a flat form; of a union, those of all its forms. */
function namesOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodLazy) return namesOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return namesOf(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(namesOf);
  throw new TypeError("The schema of a form is an object or a union of objects");
}
