import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { afterSignInPath } from "~/http/redirect-urls.server";
import { safeRedirectPath } from "~/http/safe-redirect-path";

export const handle = { access: "user", provisionsUser: true };

/**
 * The stop of a person who has a session and no row yet. The guard has made the row by now (app/worker/guard.server.ts); what is
 * left is the way back.
 */
export function loader({ request }: LoaderFunctionArgs) {
  const target = new URL(request.url).searchParams.get("redirect_url");
  return redirect(safeRedirectPath(target, afterSignInPath));
}
