import { type AppLoadContext, redirectDocument } from "@remix-run/cloudflare";
import { canAccessAdminPages } from "~/access/permissions";
import {
  AccountDeletedError,
  ApplicationError,
  errorStatus,
  ForbiddenError,
  MethodNotAllowedError,
  problemResponse,
  TooManyRequestsError,
  UnauthorizedError,
} from "~/errors";
import { syncClerkUserMetadataInBackground } from "~/features/users/metadata-push.server";
import { provisionUser } from "~/features/users/provision-user.server";
import { type CachedUser, getUser } from "~/features/users/user-cache.server";
import { findUserByClerkId } from "~/features/users/user-queries.server";
import { isDocumentRequest } from "~/http/is-document-request.server";
import { signInUrl, syncUsersUrl } from "~/http/redirect-urls.server";
import { allowHeader } from "./preflight.server";
import { enforceRateLimit } from "./rate-limit.server";
import { logRequestError } from "./request-log.server";
import { type Access, type RoutePolicy, requiredAccess } from "./route-policy.server";

/** Either the request may go on, with what was granted and the record of whoever asks (null where all may), or this is its answer. */
export type Decision = { access: Access; user: CachedUser | null } | { denial: Response };

/**
 * Decides before any loader runs. Signed out, a page goes to sign-in and anything else gets 401; a deleted account gets 410,
 * the wrong role 403, a method the route does not answer 405, an unreachable D1 503. Whether somebody is an admin is read from
 * D1 on each request; everybody else's record may come from KV, which grants nothing.
 */
export async function guard(
  request: Request,
  policy: RoutePolicy,
  context: AppLoadContext,
): Promise<Decision> {
  const access = requiredAccess(policy, request.method);
  let user: CachedUser | null = null;
  try {
    if (access !== "public") {
      if (!context.session) return signInResponse(request, policy, context);
      user = await findCurrentUser(access, policy, context, context.session.clerkUserId);
      if (!user) return { denial: redirectDocument(syncUsersUrl(request)) };
      assertMayUse(access, user);
    }
    assertMethod(request, policy);
  } catch (error) {
    if (!(error instanceof ApplicationError)) throw error;
    logRequestError({ ...context, user }, error);
    return { denial: denialResponse(error, policy) };
  }
  if (user) syncClerkUserMetadataInBackground(context, user);
  return { access, user };
}

function assertMayUse(access: Access, user: CachedUser): void {
  if (user.deletedAt !== null) throw new AccountDeletedError("The session outlived its account");
  if (access === "admin" && !canAccessAdminPages(user)) {
    throw new ForbiddenError("Only admins");
  }
}

/**
 * The record of a signed-in person: from D1 where it opens admin pages, else from KV or D1. The only place that decides about
 * somebody with no row yet: null sends them once through `/api/clerk/syncUsers`, the one GET that changes anything; there the
 * row is made.
 */
async function findCurrentUser(
  access: Access,
  { provisionsUser, writesUserCache }: RoutePolicy,
  context: AppLoadContext,
  clerkUserId: string,
): Promise<CachedUser | null> {
  if (provisionsUser) await enforceRateLimit(context, clerkUserId);
  const user =
    access === "admin"
      ? await findUserByClerkId(context.db, clerkUserId)
      : await getUser(context, clerkUserId, { writeCache: !writesUserCache });
  return user || !provisionsUser ? user : provisionUser(context, clerkUserId);
}

function assertMethod({ method }: Request, { methods }: RoutePolicy): void {
  if (!methods.includes(method)) throw new MethodNotAllowedError("No such method here");
}

function denialResponse(error: ApplicationError, policy: RoutePolicy): Response {
  const status = errorStatus(error);
  const headers = {
    ...(error instanceof UnauthorizedError && { "WWW-Authenticate": "Bearer" }),
    ...(error instanceof MethodNotAllowedError && { Allow: allowHeader(policy) }),
    ...(error instanceof TooManyRequestsError && { "Retry-After": `${error.retryAfterSeconds}` }),
  };
  return policy.isPage ? new Response(null, { status, headers }) : problemResponse(status, headers);
}

/** @throws {UnauthorizedError} unless a person is on their way to the page. */
function signInResponse(
  request: Request,
  { isPage }: RoutePolicy,
  { environment }: AppLoadContext,
): Decision {
  // A browser may also be on its way to a route that is no page, such as `/api/clerk/syncUsers`.
  if (!isPage && !isDocumentRequest(request)) throw new UnauthorizedError("Nobody is signed in");
  return { denial: redirectDocument(signInUrl(request, environment)) };
}
