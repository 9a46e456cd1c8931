import { type AppLoadContext, redirectDocument } from "@remix-run/cloudflare";
import { canAccessAdminPages } from "~/access/permissions";
import {
  AccountDeletedError,
  ApplicationError,
  ForbiddenError,
  MethodNotAllowedError,
  problemResponse,
  statusOf,
  TooManyRequestsError,
  UnauthorizedError,
} from "~/errors";
import { syncClerkUserMetadataLater } from "~/features/users/metadata-push.server";
import { createUserFromClerk } from "~/features/users/provision-user.server";
import { getUser, type Member } from "~/features/users/user-cache.server";
import { findUserByClerkId } from "~/features/users/user-queries.server";
import { isForDocument } from "~/http/is-document-request.server";
import { signInUrl, syncUsersUrl } from "~/http/redirect-urls.server";
import { allowOf } from "./preflight.server";
import { assertPatience } from "./rate-limit.server";
import { logRequestError } from "./request-log.server";
import { type Access, accessFor, type RoutePolicy } from "./route-policy.server";

/** Either the request may go on, with what was granted and the record of whoever asks (null where all may), or this is its answer. */
export type Decision = { access: Access; user: Member | null } | { refusal: Response };

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
  const access = accessFor(policy, request.method);
  let user: Member | null = null;
  try {
    if (access !== "public") {
      if (!context.session) return signInFirst(request, policy, context);
      user = await findPerson(access, policy, context, context.session.clerkUserId);
      if (!user) return { refusal: redirectDocument(syncUsersUrl(request)) };
      assertMayUse(access, user);
    }
    assertMethod(request, policy);
  } catch (error) {
    if (!(error instanceof ApplicationError)) throw error;
    logRequestError({ ...context, user }, error);
    return { refusal: refusalOf(error, policy) };
  }
  if (user) syncClerkUserMetadataLater(context, user);
  return { access, user };
}

function assertMayUse(access: Access, user: Member): void {
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
async function findPerson(
  access: Access,
  { makesOwnRow, keepsRecord }: RoutePolicy,
  context: AppLoadContext,
  clerkUserId: string,
): Promise<Member | null> {
  if (makesOwnRow) await assertPatience(context, clerkUserId);
  const user =
    access === "admin"
      ? await findUserByClerkId(context.db, clerkUserId)
      : await getUser(context, clerkUserId, { keep: !keepsRecord });
  return user || !makesOwnRow ? user : createUserFromClerk(context, clerkUserId);
}

function assertMethod({ method }: Request, { methods }: RoutePolicy): void {
  if (!methods.includes(method)) throw new MethodNotAllowedError("No such method here");
}

function refusalOf(error: ApplicationError, policy: RoutePolicy): Response {
  const status = statusOf(error);
  const headers = {
    ...(error instanceof UnauthorizedError && { "WWW-Authenticate": "Bearer" }),
    ...(error instanceof MethodNotAllowedError && { Allow: allowOf(policy) }),
    ...(error instanceof TooManyRequestsError && { "Retry-After": `${error.retryAfterSeconds}` }),
  };
  return policy.isPage ? new Response(null, { status, headers }) : problemResponse(status, headers);
}

/** @throws {UnauthorizedError} unless a person is on their way to the page. */
function signInFirst(
  request: Request,
  { isPage }: RoutePolicy,
  { environment }: AppLoadContext,
): Decision {
  // A browser may also be on its way to a route that is no page, such as `/api/clerk/syncUsers`.
  if (!isPage && !isForDocument(request)) throw new UnauthorizedError("Nobody is signed in");
  return { refusal: redirectDocument(signInUrl(request, environment)) };
}
