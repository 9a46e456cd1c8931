import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { PayloadTooLargeError } from "~/errors";
import { renderMarkdown } from "~/features/courses/markdown.server";
import { markdownLimitError } from "~/features/courses/markdown-limits";
import { parseSubmittedForm } from "~/http/forms.server";
import { lessonLimits } from "./lesson-schema";

const previewSchema = z.lazy(() => z.object({ text: z.string() }));

/**
 * What a text in a form will look like, or what it has too much of.
 * @throws {ForbiddenError} when the viewer's role lacks the permission.
 * @throws {BadRequestError} when there is no text.
 * @throws {PayloadTooLargeError} when it is longer than any text can be.
 */
export async function previewMarkdown(
  context: AppContext,
  request: Request,
): Promise<{ html: string } | { problem: string }> {
  requirePermission(context, "courses.edit");
  const { text } = await parseSubmittedForm(request, previewSchema);
  if (text.length > lessonLimits.body) throw new PayloadTooLargeError("The text is too long");
  const problem = markdownLimitError(text);
  return problem === null ? { html: renderMarkdown(text) } : { problem };
}
