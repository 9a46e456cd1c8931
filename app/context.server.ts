import type { Session } from "./clerk/session-claims.server";
import type { ClerkUsers } from "./clerk/users-api.server";
import type { Environment } from "./env.server";
import type { CachedUser, UserStore } from "./features/users/user-cache.server";
import type { StripeApi } from "./stripe/stripe-api.server";

export interface AppContext extends UserStore {
  clerkUsers: ClerkUsers;
  /** Null without Stripe's keys. */
  stripe: StripeApi | null;
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
