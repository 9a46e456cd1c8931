import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { afterSignInPath } from "~/http/redirect-urls.server";
import { safeRedirectPath } from "~/http/safe-redirect-path";

export const handle = { access: "user", provisionsUser: true };

/**
 * Pages redirect signed-in users without a row here. The guard has created the row by now
 * (app/worker/guard.server.ts), so only the redirect back remains.
 */
export function loader({ request }: LoaderFunctionArgs) {
  const target = new URL(request.url).searchParams.get("redirect_url");
  return redirect(safeRedirectPath(target, afterSignInPath));
}
