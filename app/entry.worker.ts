import type { Authentication } from "~/clerk/authentication.server";
import { isClerkProxyPath, proxyToClerk } from "~/clerk/frontend-api-proxy.server";
import { normalizeRequest } from "~/http/request.server";
import { withSecurityHeaders } from "~/http/security-headers.server";
import { createLog, getRequestId } from "~/log/log.server";
import { authenticateFor, isAnonymous, logRejectedCredentials } from "~/worker/authenticate.server";
import { runScheduledJobs } from "~/worker/cron.server";
import { guard } from "~/worker/guard.server";
import { createLoadContext, createServices, type Invocation } from "~/worker/load-context.server";
import { notFoundPage, plainErrorPage } from "~/worker/plain-error-page.server";
import { canonicalizeUrl, type Incoming, preflight, requireHttps } from "~/worker/preflight.server";
import { handleRequest, policies, routes } from "~/worker/remix-handler.server";
import { createPolicyFinder, type RoutePolicy } from "~/worker/route-policy.server";
import { createTimings, type Timings } from "~/worker/server-timing";
import { type Environment, readEnvironment } from "./env.server";

const findPolicy = createPolicyFinder(routes, policies);

export default {
  async fetch(request, env, ctx) {
    const requestId = getRequestId(request);
    const nonce = crypto.randomUUID();
    const timings = createTimings();
    const url = new URL(request.url);
    const policy = findPolicy(url);
    const log = createLog({ requestId, route: policy?.routeId });
    let environment: Environment | null = null;
    const isPersonal = policy !== null && !isAnonymous(policy);
    const isIndexed = policy?.access === "public";
    const secure = (response: Response) =>
      withSecurityHeaders(response, { environment, nonce, isPersonal, isIndexed });
    let response: Response;
    try {
      environment = readEnvironment(env);
      const denial = requireHttps({ request, url }, environment, log);
      if (!denial && isClerkProxyPath(url.pathname, environment)) {
        return await proxyToClerk(request, environment);
      }
      const invocation = { env, ctx, environment, requestId, nonce, log };
      response = secure(denial ?? (await respond({ request, url }, policy, invocation, timings)));
    } catch (error) {
      response = secure(plainErrorPage(error, { url, requestId, nonce, log }));
    }
    response.headers.set("Server-Timing", timings.header());
    return request.method === "HEAD" ? new Response(null, response) : response;
  },

  async scheduled({ cron }, env, ctx) {
    const requestId = crypto.randomUUID();
    const environment = readEnvironment(env);
    const log = createLog({ requestId });
    await runScheduledJobs(cron, createServices({ env, ctx, environment, requestId, log }));
  },
} satisfies ExportedHandler<Env>;

/** Preflight, session, guard, then Remix: a rejected request never reaches a loader. */
async function respond(
  incoming: Incoming,
  policy: RoutePolicy | null,
  invocation: Invocation & { nonce: string },
  timings: Timings,
): Promise<Response> {
  const { environment, nonce, log } = invocation;
  const preflightResponse =
    canonicalizeUrl(incoming, () => notFoundPage(nonce)) ??
    preflight(incoming.request, policy, environment, log);
  if (preflightResponse) return preflightResponse;
  const request = normalizeRequest(incoming.request);
  const authentication = await timings.measure("session", () =>
    authenticateFor(policy, request, environment),
  );
  logRejectedCredentials(authentication, log);
  if (authentication.kind === "redirect") return redirectTo(authentication);
  const context = createLoadContext(withActor(invocation, policy, authentication), authentication);
  const decision =
    policy && (await timings.measure("guard", () => guard(request, policy, context)));
  const response = await timings.measure("page", () =>
    handleRequest(request, policy, { ...context, ...decision }),
  );
  for (const cookie of authentication.cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

/** Lines that an impersonator causes name them. */
function withActor<Call extends Invocation>(
  invocation: Call,
  policy: RoutePolicy | null,
  authentication: Authentication,
): Call {
  const actorId = authentication.kind === "signed-in" ? authentication.session.actorId : null;
  if (actorId === null) return invocation;
  const { requestId } = invocation;
  return { ...invocation, log: createLog({ requestId, route: policy?.routeId, actorId }) };
}

function redirectTo({ location, cookies }: { location: string; cookies: string[] }): Response {
  const headers = new Headers({ Location: location, "Cache-Control": "no-store" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 307, headers });
}
