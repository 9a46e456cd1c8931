import type { AppLoadContext } from "@remix-run/cloudflare";
import { BadRequestError, PayloadTooLargeError } from "../../errors";
import { readFields } from "../../form.server";
import { requirePermission } from "../admin/viewer.server";
import { lessonLimits } from "./lesson-form";
import { renderMarkdown } from "./markdown.server";

/**
 * What a text in a form will look like.
 * @throws {ForbiddenError} when the role of who asks does not hold the permission.
 * @throws {BadRequestError} when there is no text.
 * @throws {PayloadTooLargeError} when it is longer than any text can be.
 */
export async function previewMarkdown(context: AppLoadContext, request: Request): Promise<string> {
  requirePermission(context, "courses.edit");
  const text = (await readFields(request)).get("text");
  if (typeof text !== "string") throw new BadRequestError("There is no text to preview");
  if (text.length > lessonLimits.body) throw new PayloadTooLargeError("The text is too long");
  return renderMarkdown(text);
}
