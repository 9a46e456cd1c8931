import type { Authentication } from "~/clerk/authentication.server";
import { createClerkUsers } from "~/clerk/users-api.server";
import { createDatabase } from "~/db/client.server";
import type { Environment } from "~/env.server";
import type { CachedUser } from "~/features/users/user-cache.server";
import type { Log } from "~/log/log.server";
import { createStripeApi } from "~/stripe/stripe-api.server";
import type { Access } from "./route-policy.server";

export interface Invocation {
  env: Env;
  ctx: ExecutionContext;
  environment: Environment;
  requestId: string;
  log: Log;
}

const clients = new WeakMap<Env, ReturnType<typeof createClients>>();

const createClients = (env: Env, environment: Environment) => ({
  db: createDatabase(env.DB),
  kv: env.USERS_KV,
  clerkUsers: createClerkUsers(environment),
  stripe: createStripeApi(environment),
});

/** Created once per isolate. */
function getClients(env: Env, environment: Environment) {
  const built = clients.get(env) ?? createClients(env, environment);
  clients.set(env, built);
  return built;
}

/** For requests and cron jobs. */
export function createServices({ env, ctx, environment, requestId, log }: Invocation) {
  return {
    ...getClients(env, environment),
    environment,
    requestId,
    log,
    waitUntil: (work: Promise<unknown>) => ctx.waitUntil(work),
  };
}

/** `@clerk/remix` reads its settings from `cloudflare.env`, so that name is fixed. */
export function createLoadContext(
  invocation: Invocation & { nonce: string },
  authentication: Exclude<Authentication, { kind: "redirect" }>,
) {
  return {
    ...createServices(invocation),
    cloudflare: { env: invocation.env, ctx: invocation.ctx },
    authentication,
    session: authentication.kind === "signed-in" ? authentication.session : null,
    /** For scripts under the Content-Security-Policy. */
    nonce: invocation.nonce,
  };
}

declare module "@remix-run/cloudflare" {
  interface AppLoadContext extends ReturnType<typeof createLoadContext> {
    /** Granted by the guard; absent if no route matched. */
    access?: Access | undefined;
    /** Set by the guard; absent on public routes. */
    user?: CachedUser | null | undefined;
    /** The guard's response to a rejected request. */
    denial?: Response;
  }
}

/** https://remix.run/docs/en/main/guides/single-fetch#enable-single-fetch-types */
declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}
