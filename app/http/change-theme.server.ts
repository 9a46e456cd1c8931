import { redirect } from "@remix-run/cloudflare";
import * as z from "zod";
import { parseSubmittedForm } from "./forms.server";
import { safeRedirectPath } from "./safe-redirect-path";
import { themeCookie, themes } from "./theme";

const formSchema = z.lazy(() => z.object({ theme: z.enum(themes), returnTo: z.string() }));

export async function changeTheme(request: Request): Promise<Response> {
  const { theme, returnTo } = await parseSubmittedForm(request, formSchema);
  const headers = { "Set-Cookie": themeCookie(theme) };
  return redirect(safeRedirectPath(returnTo, "/"), { status: 303, headers });
}
