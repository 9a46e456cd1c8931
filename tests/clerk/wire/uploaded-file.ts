import type { Context } from "hono";
import { imageMissing } from "./image-errors.ts";
import { unknownParameter } from "./parameter-errors.ts";

/** The field `file` of a form, or a body of base64. Throws 400 without one. */
export async function readUploadedFile(c: Context): Promise<Buffer> {
  if (c.req.header("content-type")?.startsWith("application/octet-stream")) {
    return Buffer.from(await c.req.text(), "base64");
  }
  const { file, ...others } = await c.req.parseBody();
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw unknownParameter(unknown);
  if (!(file instanceof File)) throw imageMissing();
  return Buffer.from(await file.arrayBuffer());
}
