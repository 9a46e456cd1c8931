import { type AppLoadContext, redirectDocument } from "@remix-run/cloudflare";
import { assertActive, hasEnded } from "~/access/active-user.server";
import { canAccessAdminPages } from "~/access/permissions";
import { refuseImpersonation } from "~/access/refuse-impersonation.server";
import {
  ApplicationError,
  errorStatus,
  ForbiddenError,
  MethodNotAllowedError,
  pageErrorResponse,
  problemResponse,
  UnauthorizedError,
} from "~/errors";
import { syncClerkUserMetadataInBackground } from "~/features/users/metadata-push.server";
import { provisionUser } from "~/features/users/provision-user.server";
import { type CachedUser, getUser } from "~/features/users/user-cache.server";
import { findUserByClerkId } from "~/features/users/user-queries.server";
import { isDocumentRequest } from "~/http/is-document-request.server";
import type { KeptForm } from "~/http/kept-form";
import { readKeptForm } from "~/http/kept-form.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import { signInUrl, syncUsersUrl } from "~/http/redirect-urls.server";
import { allowHeader } from "./preflight.server";
import { logRequestError } from "./request-log.server";
import { type Access, isReadMethod, type RoutePolicy, requiredAccess } from "./route-policy.server";

/** `user` is null on public routes. */
export type Decision = { access: Access; user: CachedUser | null } | { denial: Response };

/**
 * Runs before any loader. The user is read from D1 on each request, except for pages that state
 * that KV is enough.
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
      const { session } = context;
      if (!session) return await signInResponse(request, policy, context);
      user = await findCurrentUser(request, policy, context, session.clerkUserId);
      if (!user) return { denial: redirectDocument(syncUsersUrl(request)) };
      assertActive(user);
      if (hasEnded(session, user))
        return await signInResponse(request, policy, { ...context, user });
      assertRole(access, user, context);
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

function assertRole(access: Access, user: CachedUser, context: AppLoadContext): void {
  if (access === "admin") refuseImpersonation(context);
  if (access === "admin" && !canAccessAdminPages(user)) {
    throw new ForbiddenError("The user is not an admin");
  }
}

/** Null sends a user without a row to `/api/clerk/syncUsers`, the only GET that writes. */
async function findCurrentUser(
  { method }: Request,
  { provisionsUser, usesCachedUser, writesUserCache }: RoutePolicy,
  context: AppLoadContext,
  clerkUserId: string,
): Promise<CachedUser | null> {
  if (provisionsUser) await enforceRateLimit(context, "user-sync");
  const user =
    usesCachedUser && isReadMethod(method)
      ? await getUser(context, clerkUserId, { writeCache: !writesUserCache })
      : await findUserByClerkId(context.db, clerkUserId);
  return user || !provisionsUser ? user : provisionUser(context, clerkUserId);
}

function assertMethod({ method }: Request, { methods }: RoutePolicy): void {
  if (!methods.includes(method))
    throw new MethodNotAllowedError("The route does not allow this method");
}

function denialResponse(error: ApplicationError, policy: RoutePolicy): Response {
  const status = errorStatus(error);
  const headers = {
    ...(error instanceof UnauthorizedError && { "WWW-Authenticate": "Bearer" }),
    ...(error instanceof MethodNotAllowedError && { Allow: allowHeader(policy) }),
  };
  return policy.isPage ? pageErrorResponse(error, headers) : problemResponse(status, headers);
}

/** A submitted form is shown again. @throws {UnauthorizedError} if no browser is navigating. */
async function signInResponse(
  request: Request,
  { isPage, methods }: RoutePolicy,
  context: AppLoadContext,
): Promise<Decision> {
  // Browsers also navigate to routes that are not pages, such as `/api/clerk/syncUsers`.
  if (!isPage && !isDocumentRequest(request)) throw new UnauthorizedError("Not signed in");
  const location = signInUrl(request, context.environment);
  const isForm = isPage && methods.includes(request.method);
  const form = isForm ? await readKeptForm(request) : null;
  if (!form) return { denial: redirectDocument(location) };
  logRequestError(context, new UnauthorizedError("Not signed in"));
  const init = { status: 401, headers: { "WWW-Authenticate": "Bearer" } };
  return { denial: Response.json({ ...form, signInUrl: location } satisfies KeptForm, init) };
}
