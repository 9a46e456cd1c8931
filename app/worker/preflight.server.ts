import type { Environment } from "~/env.server";
import { problemResponse } from "~/errors";
import { checkUrl, isApiPath, onCanonicalOrigin } from "~/http/urls.server";
import type { Log } from "~/log/log.server";
import { isCrossSiteWrite } from "./csrf.server";
import type { RoutePolicy } from "./route-policy.server";

/** How a refusal is told to a person, which needs a page; programs get a problem document. */
export type RenderErrorPage = (status: number) => Response;

/**
 * Where the site is https, nothing is answered over http: a page is sent to https, what answers programs is refused, for
 * whatever it carried has already been seen on the way. The scheme of the request's URL is the one the client used.
 */
export function requireHttps(
  request: Request,
  environment: Environment,
  log: Log,
): Response | null {
  const url = new URL(request.url);
  if (url.protocol === "https:" || environment.SERVER_URL.startsWith("http:")) return null;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (isApiPath(url.pathname) || !reads) {
    log("request.rejected", { status: 403, reason: "insecure" });
    return problemResponse(403);
  }
  return redirectTo(onCanonicalOrigin(url, environment));
}

/** Settles a URL that could be read in more than one way, before anything else reads it; null where it cannot. */
export function canonicalizeUrl(
  request: Request,
  renderErrorPage: RenderErrorPage,
): Response | null {
  const url = new URL(request.url);
  const check = checkUrl(url);
  if (check.kind === "canonical") return null;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (check.kind === "redirect" && reads) return redirectTo(check.pathname + url.search);
  return isApiPath(url.pathname) ? problemResponse(404) : renderErrorPage(404);
}

/** What the door decides for a URL whose policy is known, before the session is even read; null lets the request on. */
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

/** The methods of a route as the `Allow` header tells them. */
export function allowHeader({ methods }: RoutePolicy): string {
  return [...methods, "OPTIONS"].join(", ");
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 308, headers: { Location: location } });
}
