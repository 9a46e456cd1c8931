import { assertActive, hasEnded } from "~/access/active-user.server";
import type { AppArgs } from "~/context.server";
import type { Role } from "~/db/enums";
import { redirectDocument } from "~/http/redirect-document";
import { signInUrl, syncUsersUrl } from "~/http/redirect-urls.server";
import { type CachedUser, getUser } from "./user-cache.server";

interface SignedOut {
  clerkUserId: null;
  userId: null;
  role: null;
  user: null;
  redirectToSignIn: () => Response;
}

interface SignedIn<UserRecord extends CachedUser | null> {
  clerkUserId: string;
  /** The database id, not Clerk's. */
  userId: string;
  role: Role;
  user: UserRecord;
  redirectToSignIn: () => Response;
}

/**
 * Uses session claims where they suffice; `allData` reads the record. The role is for display only.
 * @throws {Response | AccountDeletedError | AccountBannedError} a redirect, or if not active.
 */
export function getCurrentUser(
  args: AppArgs,
  options: { allData: true },
): Promise<SignedIn<CachedUser> | SignedOut>;
export function getCurrentUser(args: AppArgs): Promise<SignedIn<CachedUser | null> | SignedOut>;
export async function getCurrentUser(
  { request, context }: AppArgs,
  { allData = false } = {},
): Promise<SignedIn<CachedUser | null> | SignedOut> {
  const redirectToSignIn = () => redirectDocument(signInUrl(request, context.environment));
  const { session } = context;
  if (!session)
    return { clerkUserId: null, userId: null, role: null, user: null, redirectToSignIn };
  const { clerkUserId, claims } = session;
  if (!context.user && !allData && claims.dbId && claims.role) {
    return { clerkUserId, userId: claims.dbId, role: claims.role, user: null, redirectToSignIn };
  }
  const user = context.user ?? (await getUser(context, clerkUserId));
  if (!user) throw redirectDocument(syncUsersUrl(request));
  assertActive(user);
  if (hasEnded(session, user)) throw redirectToSignIn();
  return { clerkUserId, userId: user.id, role: user.role, user, redirectToSignIn };
}
