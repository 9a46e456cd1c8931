import type { Session } from "./clerk/session-claims.server";
import type { ClerkUsers } from "./clerk/users-api.server";
import type { Environment } from "./env.server";
import type { CachedUser, UserStore } from "./features/users/user-cache.server";

export interface AppContext extends UserStore {
  clerkUsers: ClerkUsers;
  environment: Environment;
  session: Session | null;
  /** Set by the guard; absent on public routes. */
  user?: CachedUser | null | undefined;
}

/** The loader and action arguments that features use. */
export interface AppArgs {
  request: Request;
  context: AppContext;
}
