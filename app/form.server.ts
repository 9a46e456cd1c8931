import { BadRequestError } from "./errors";

/**
 * The fields of a form that was sent; of several with one name, the last.
 * @throws {BadRequestError} when the body is no form.
 */
export async function readFields(request: Request): Promise<Record<string, unknown>> {
  try {
    return Object.fromEntries(await request.formData());
  } catch {
    throw new BadRequestError("The body is no form");
  }
}
