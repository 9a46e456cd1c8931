import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { PayloadTooLargeError } from "~/errors";
import { renderMarkdown } from "~/features/courses/markdown.server";
import { markdownLimitError } from "~/features/courses/markdown-limits";
import { parseSubmittedForm } from "~/http/forms.server";
import { lessonLimits } from "./lesson-schema";

const previewSchema = z.lazy(() => z.object({ text: z.string() }));

/** @throws {ForbiddenError | BadRequestError | PayloadTooLargeError} */
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
