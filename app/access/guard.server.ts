import { type AppLoadContext, redirectDocument } from "@remix-run/cloudflare";
import { problemResponse } from "../errors";
import { findUserByClerkId } from "../features/users/repository.server";
import { canAccessAdminPages } from "./permissions";
import type { RoutePolicy } from "./policy.server";
import { signInUrl, syncUsersUrl } from "./redirects.server";

/**
 * Decides before any loader runs: null lets the request through, a response refuses it. Signed out, a page goes to sign-in
 * and anything else gets 401; the wrong role gets 403. Whether somebody is an admin is read from D1 on each request.
 * @throws {ServiceUnavailableError} when D1 is needed and does not answer.
 */
export async function guard(
  request: Request,
  policy: RoutePolicy,
  context: AppLoadContext,
): Promise<Response | null> {
  if (policy.access === "public") return null;
  if (!context.session) return signInFirst(request, policy, context);
  if (policy.access === "user") return null;
  const user = await findUserByClerkId(context.db, context.session.clerkUserId);
  if (!user && policy.isPage) return redirectDocument(syncUsersUrl(request));
  if (user?.deletedAt === null && canAccessAdminPages(user.role)) return null;
  return forbidden(policy);
}

function signInFirst(
  request: Request,
  { isPage }: RoutePolicy,
  { environment }: AppLoadContext,
): Response {
  if (isPage || wantsHtml(request)) return redirectDocument(signInUrl(request, environment));
  return problemResponse(401, { "WWW-Authenticate": "Bearer" });
}

function forbidden({ isPage }: RoutePolicy): Response {
  return isPage ? new Response(null, { status: 403 }) : problemResponse(403);
}

/** A browser on its way to a route that is no page, such as `/api/clerk/syncUsers`. */
function wantsHtml(request: Request): boolean {
  return request.headers.get("Accept")?.includes("text/html") ?? false;
}
