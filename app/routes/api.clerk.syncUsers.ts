import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { safeRedirectPath } from "~/access/redirect-target";
import { afterSignInPath } from "~/access/redirects.server";
import { UnauthorizedError } from "~/errors";
import { syncFirstRequest } from "~/features/users/first-request.server";

/** The stop of a person who has a session and no row yet: writes the row from what Clerk says, then back to the page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.session) throw new UnauthorizedError("No session");
  await syncFirstRequest(context, context.session.clerkUserId);
  const target = new URL(request.url).searchParams.get("redirect_url");
  return redirect(safeRedirectPath(target, afterSignInPath), {
    headers: { "Cache-Control": "private, no-store" },
  });
}
