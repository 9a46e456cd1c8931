import type { Session } from "./clerk/session-claims.server";
import type { ClerkUsers } from "./clerk/users-api.server";
import type { Environment } from "./env.server";
import type { CachedUser, UserStore } from "./features/users/user-cache.server";

/** What loaders and actions work with: the clients, the settings, the log and who is asking. */
export interface AppContext extends UserStore {
  clerkUsers: ClerkUsers;
  environment: Environment;
  session: Session | null;
  /** The record of the signed-in person, as the guard read it; absent on public routes. */
  user?: CachedUser | null | undefined;
}

/** What Remix passes to a loader or action, as far as features need it. */
export interface AppArgs {
  request: Request;
  context: AppContext;
}
