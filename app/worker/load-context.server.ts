import type { Authentication } from "~/clerk/authentication.server";
import { createClerkUsers } from "~/clerk/users-api.server";
import { createDatabase } from "~/db/client.server";
import type { Environment } from "~/env.server";
import type { CachedUser } from "~/features/users/user-cache.server";
import type { Log } from "~/log/log.server";
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
});

/** The clients of D1, KV and Clerk, built once an isolate. */
function getClients(env: Env, environment: Environment) {
  const built = clients.get(env) ?? createClients(env, environment);
  clients.set(env, built);
  return built;
}

/** What the worker's own jobs need: the bindings, Clerk and the log, with no request behind them. */
export function createServices({ env, ctx, environment, requestId, log }: Invocation) {
  return {
    ...getClients(env, environment),
    environment,
    requestId,
    log,
    /** Lets work go on after the answer was sent. */
    waitUntil: (work: Promise<unknown>) => ctx.waitUntil(work),
  };
}

/**
 * What every loader and action gets. `@clerk/remix` reads its settings from `cloudflare.env`, so that name is fixed.
 */
export function createLoadContext(
  invocation: Invocation & { nonce: string },
  authentication: Exclude<Authentication, { kind: "redirect" }>,
) {
  return {
    ...createServices(invocation),
    cloudflare: { env: invocation.env, ctx: invocation.ctx },
    authentication,
    session: authentication.kind === "signed-in" ? authentication.session : null,
    /** Marks the scripts of this document as ours. */
    nonce: invocation.nonce,
  };
}

declare module "@remix-run/cloudflare" {
  interface AppLoadContext extends ReturnType<typeof createLoadContext> {
    /** What the guard granted; loaders of routes that ask for more do not run. Absent where no route matched. */
    access?: Access | undefined;
    /** The record of whoever asks, as the guard read it; absent on public routes. */
    user?: CachedUser | null | undefined;
    /** What the guard answers a request that it did not let through. */
    denial?: Response;
  }
}

/** Loader data arrive as they are, promises too, not as JSON. https://remix.run/docs/en/main/guides/single-fetch#enable-single-fetch-types */
declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}
