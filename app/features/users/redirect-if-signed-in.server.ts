import type { AppArgs } from "~/context.server";
import { isDocumentRequest } from "~/http/is-document-request.server";
import { redirectDocument } from "~/http/redirect-document";
import { afterSignInPath } from "~/http/redirect-urls.server";
import { safeRedirectPath } from "~/http/safe-redirect-path";

/**
 * Leaves the sign-in page without ClerkJS, so that it also works without JavaScript. Clerk's own
 * parameters, such as a ticket for another account, are left to ClerkJS.
 */
export function redirectIfSignedIn({ request, context }: AppArgs): Response | null {
  const { searchParams } = new URL(request.url);
  const isForClerk = [...searchParams.keys()].some((name) => name.startsWith("__clerk"));
  if (!context.session || isForClerk || !isDocumentRequest(request)) return null;
  return redirectDocument(safeRedirectPath(searchParams.get("redirect_url"), afterSignInPath));
}
