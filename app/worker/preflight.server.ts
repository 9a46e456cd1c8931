import type { Environment } from "~/env.server";
import { problemResponse } from "~/errors";
import { checkUrl, isApiPath, onCanonicalOrigin } from "~/http/urls.server";
import type { Log } from "~/log/log.server";
import { isCrossSiteWrite } from "./csrf.server";
import type { RoutePolicy } from "./route-policy.server";

/** For people; API clients get a problem document. */
export type RenderErrorPage = (status: number) => Response;

/** A request and its parsed URL. */
export interface Incoming {
  request: Request;
  url: URL;
}

/** On an https site, redirects http pages and rejects API calls, whose data is already exposed. */
export function requireHttps(
  { request, url }: Incoming,
  environment: Environment,
  log: Log,
): Response | null {
  if (url.protocol === "https:" || environment.SERVER_URL.startsWith("http:")) return null;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (isApiPath(url.pathname) || !reads) {
    log("request.rejected", { status: 403, reason: "insecure" });
    return problemResponse(403);
  }
  return redirectTo(onCanonicalOrigin(url, environment));
}

/** Redirects or rejects ambiguous URLs; null if canonical. */
export function canonicalizeUrl(
  { request, url }: Incoming,
  renderErrorPage: RenderErrorPage,
): Response | null {
  const check = checkUrl(url);
  if (check.kind === "canonical") return null;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (check.kind === "redirect" && reads) return redirectTo(check.pathname + url.search);
  return isApiPath(url.pathname) ? problemResponse(404) : renderErrorPage(404);
}

/** Checks that need no session; null lets the request continue. */
export function preflight(
  request: Request,
  policy: RoutePolicy | null,
  environment: Environment,
  log: Log,
): Response | null {
  if (!policy) return isApiPath(new URL(request.url).pathname) ? problemResponse(404) : null;
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { Allow: allowHeader(policy) } });
  }
  if (policy.verifiesSignature || !isCrossSiteWrite(request, environment)) return null;
  log("request.rejected", { status: 403, reason: "cross-site" });
  return problemResponse(403);
}

export function allowHeader({ methods }: RoutePolicy): string {
  return [...methods, "OPTIONS"].join(", ");
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 308, headers: { Location: location } });
}
