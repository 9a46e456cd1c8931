import type { Environment } from "~/env.server";
import { problemResponse, ServiceUnavailableError } from "~/errors";
import { withTimeout } from "~/http/timeout";

/** Includes the time for uploads. */
const timeoutMs = 60_000;

/** Headers in which a client could fake an address, host or scheme. */
const clientClaims = [
  "Forwarded",
  "True-Client-IP",
  "X-Client-IP",
  "X-Cluster-Client-IP",
  "X-Forwarded-Port",
  "X-Forwarded-Server",
  "X-Real-IP",
];
const allowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/** True if `CLERK_PROXY_URL` is a path and contains this one. */
export function isClerkProxyPath(pathname: string, environment: Environment): boolean {
  const prefix = proxyPrefix(environment);
  return prefix !== null && (pathname === prefix || pathname.startsWith(`${prefix}/`));
}

/**
 * Streams requests and responses; redirects within the Frontend API lead back here.
 * https://clerk.com/docs/guides/dashboard/dns-domains/proxy-fapi
 * @throws {ServiceUnavailableError} if Clerk does not start to respond within a minute.
 */
export async function proxyToClerk(request: Request, environment: Environment): Promise<Response> {
  // The response would echo the request headers, including the secret key.
  if (request.method === "TRACE") return problemResponse(405, { Allow: allowedMethods });
  const { origin, pathname, search, host, protocol } = new URL(request.url);
  const prefix = proxyPrefix(environment) ?? "";
  const proxyUrl = `${origin}${prefix}`;
  const target = new URL(environment.CLERK_FAPI_URL);
  target.pathname = pathname.slice(prefix.length);
  target.search = search;
  const headers = new Headers(request.headers);
  // Overwrites any values that the browser sent.
  headers.set("Clerk-Proxy-Url", proxyUrl);
  headers.set("Clerk-Secret-Key", environment.CLERK_SECRET_KEY);
  headers.set("X-Forwarded-For", request.headers.get("CF-Connecting-IP") ?? "unknown");
  headers.set("X-Forwarded-Host", host);
  headers.set("X-Forwarded-Proto", protocol.slice(0, -1));
  for (const name of clientClaims) headers.delete(name);
  const { method, body } = request;
  const controller = new AbortController();
  const { signal } = controller;
  try {
    const response = fetch(target, { method, headers, body, redirect: "manual", signal });
    return toProxyResponse(await withTimeout(response, timeoutMs), target, proxyUrl);
  } catch (cause) {
    controller.abort();
    throw new ServiceUnavailableError("Clerk's Frontend API did not respond", { cause });
  }
}

/** Rewrites redirects within the Frontend API to the proxy. */
function toProxyResponse(upstream: Response, requested: URL, proxyUrl: string): Response {
  const response = new Response(upstream.body, upstream);
  // Clerk's would apply to our host.
  response.headers.delete("Strict-Transport-Security");
  const location = upstream.headers.get("Location");
  const target = location === null ? null : URL.parse(location, requested);
  if (target?.host === requested.host) {
    const { pathname, search, hash } = target;
    response.headers.set("Location", `${proxyUrl}${pathname}${search}${hash}`);
  }
  return response;
}

function proxyPrefix({ CLERK_PROXY_URL }: Environment): string | null {
  return CLERK_PROXY_URL?.startsWith("/") ? CLERK_PROXY_URL.replace(/\/+$/, "") : null;
}
