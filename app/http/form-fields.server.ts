import * as z from "zod";
import { BadRequestError } from "~/errors";

/** Each field must belong to a schema and occur once. @throws {BadRequestError} otherwise. */
export function assertFieldNames(fields: FormData, schemas: readonly z.core.$ZodType[]): void {
  const expected = new Set(schemas.flatMap(namesOf));
  for (const name of fields.keys()) {
    if (!expected.delete(name)) throw new BadRequestError("A field is unknown or repeated");
  }
}

function namesOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodLazy) return namesOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return namesOf(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(namesOf);
  throw new TypeError("The schema of a form is an object or a union of objects");
}
