import { guard } from "./access/guard.server";
import { createPolicy, type RoutePolicy } from "./access/policy.server";
import { isClerkProxyPath, proxyToClerk } from "./clerk/proxy.server";
import { type Authentication, authenticate } from "./clerk/session.server";
import { readEnvironment } from "./env.server";
import { failurePage } from "./failure-page.server";
import { createLoadContext, createServices, type Invocation } from "./load-context.server";
import { runScheduledJobs } from "./scheduled.server";
import { handleRequest, refuseRequest, routes } from "./server-build.server";

const policyOf = createPolicy(routes);

export default {
  async fetch(request, env, ctx) {
    const requestId = request.headers.get("CF-Ray") ?? crypto.randomUUID();
    try {
      const environment = readEnvironment(env);
      if (isClerkProxyPath(new URL(request.url).pathname, environment)) {
        return await proxyToClerk(request, environment);
      }
      return await respond(request, { env, ctx, environment, requestId });
    } catch (error) {
      return failurePage(error, requestId);
    }
  },

  async scheduled({ cron }, env, ctx) {
    const requestId = crypto.randomUUID();
    const environment = readEnvironment(env);
    await runScheduledJobs(cron, createServices({ env, ctx, environment, requestId }));
  },
} satisfies ExportedHandler<Env>;

/** Session, then guard, then Remix: a refused request never reaches a loader. */
async function respond(request: Request, invocation: Invocation): Promise<Response> {
  const policy = policyOf(new URL(request.url));
  const authentication = await authenticateFor(policy, request, invocation);
  if (authentication.kind === "handshake") return authentication.response;
  const session = authentication.kind === "signed-in" ? authentication.session : null;
  const context = createLoadContext(invocation, session);
  const refusal = policy && (await guard(request, policy, context));
  const response = await (refusal
    ? refuseRequest(request, context, refusal)
    : handleRequest(request, context));
  for (const cookie of authentication.cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

/** Public routes that are no pages (webhook, health) ask for no session: it would only cost time. */
async function authenticateFor(
  policy: RoutePolicy | null,
  request: Request,
  { environment }: Invocation,
): Promise<Authentication> {
  const anonymous = policy === null || (policy.access === "public" && !policy.isPage);
  return anonymous ? { kind: "signed-out", cookies: [] } : authenticate(request, environment);
}
