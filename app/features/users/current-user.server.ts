import type { AppArgs } from "~/context.server";
import type { Role } from "~/db/enums";
import { AccountDeletedError } from "~/errors";
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

interface SignedIn<Record extends CachedUser | null> {
  clerkUserId: string;
  /** Our own id of the person. */
  userId: string;
  role: Role;
  user: Record;
  redirectToSignIn: () => Response;
}

/**
 * Who is asking. On private routes the guard has read the record: it answers at no cost. On public ones the session's claims
 * answer where they can; with `allData` the record is read (KV, else D1). A person with a session but no row yet is sent once
 * through `/api/clerk/syncUsers`. The role is good for showing; admin pages and writes ask D1.
 * @throws {Response} the redirect of a person with no row, on public routes.
 * @throws {AccountDeletedError} when the record is a tombstone.
 * @throws {ServiceUnavailableError} when the record is not cached and D1 does not answer.
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
  if (user.deletedAt !== null) throw new AccountDeletedError("The session outlived its account");
  return { clerkUserId, userId: user.id, role: user.role, user, redirectToSignIn };
}
