import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { previewMarkdown } from "~/features/course-editor/markdown-preview.server";
import { enforceRateLimit } from "~/http/rate-limit.server";

export const handle = { access: "admin", methods: ["POST"] };

export async function action({ request, context }: ActionFunctionArgs) {
  await enforceRateLimit(context, "preview");
  return Response.json(await previewMarkdown(context, request));
}
