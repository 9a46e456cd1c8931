import { hasEnded, isActive } from "~/access/active-user.server";
import type { AppArgs } from "~/context.server";
import { isDocumentRequest } from "~/http/is-document-request.server";
import { redirectDocument } from "~/http/redirect-document";
import { afterSignInPath } from "~/http/redirect-urls.server";
import { safeRedirectPath } from "~/http/safe-redirect-path";
import { findUserByClerkId } from "./user-queries.server";

/**
 * Leaves the sign-in page without ClerkJS, so that it also works without JavaScript. Clerk's own
 * parameters, such as a ticket for another account, are left to ClerkJS. Reads D1, because a user
 * whom the next page would send back here must stay.
 */
export async function redirectIfSignedIn({ request, context }: AppArgs): Promise<Response | null> {
  const { db, session } = context;
  const { searchParams } = new URL(request.url);
  const isForClerk = [...searchParams.keys()].some((name) => name.startsWith("__clerk"));
  if (!session || isForClerk || !isDocumentRequest(request)) return null;
  const user = await findUserByClerkId(db, session.clerkUserId);
  if (!user || !isActive(user) || hasEnded(session, user)) return null;
  return redirectDocument(safeRedirectPath(searchParams.get("redirect_url"), afterSignInPath));
}
