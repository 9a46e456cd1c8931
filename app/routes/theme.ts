import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import * as z from "zod";
import { parseSubmittedForm } from "~/http/forms.server";
import { safeRedirectPath } from "~/http/safe-redirect-path";
import { themeCookie, themes } from "~/http/theme";

export const handle = { access: "public" };

const formSchema = z.lazy(() => z.object({ theme: z.enum(themes), returnTo: z.string() }));

export async function action({ request }: ActionFunctionArgs) {
  const { theme, returnTo } = await parseSubmittedForm(request, formSchema);
  const headers = { "Set-Cookie": themeCookie(theme) };
  return redirect(safeRedirectPath(returnTo, "/"), { status: 303, headers });
}
