import type { Environment } from "~/env.server";
import { problemResponse, ServiceUnavailableError } from "~/errors";
import { withTimeout } from "~/http/timeout";

/** For sending a request on, with all that the browser uploads, and the beginning of its answer. */
const timeoutMs = 60_000;

/** Headers by which a client could claim another address, host or scheme than the ones the proxy reports. */
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

/** Whether the path belongs to Clerk's Frontend API, reached through this site (`CLERK_PROXY_URL` is a path). */
export function isClerkProxyPath(pathname: string, environment: Environment): boolean {
  const prefix = proxyPrefix(environment);
  return prefix !== null && (pathname === prefix || pathname.startsWith(`${prefix}/`));
}

/**
 * Passes a request on to Clerk's Frontend API and its answer back, both streamed, redirects untouched.
 * https://clerk.com/docs/guides/dashboard/dns-domains/proxy-fapi
 * @throws {ServiceUnavailableError} when Clerk cannot be reached, or an answer has not begun after a minute.
 */
export async function proxyToClerk(request: Request, environment: Environment): Promise<Response> {
  // Its answer repeats the request's headers, the secret key among them.
  if (request.method === "TRACE") return problemResponse(405, { Allow: allowedMethods });
  const { origin, pathname, search, host, protocol } = new URL(request.url);
  const prefix = proxyPrefix(environment) ?? "";
  const target = new URL(environment.CLERK_FAPI_URL);
  target.pathname = pathname.slice(prefix.length);
  target.search = search;
  const headers = new Headers(request.headers);
  // Set, never added: a browser's own values for these may not get through.
  headers.set("Clerk-Proxy-Url", `${origin}${prefix}`);
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
    return await withTimeout(response, timeoutMs);
  } catch (cause) {
    controller.abort();
    throw new ServiceUnavailableError("Clerk's Frontend API did not answer", { cause });
  }
}

function proxyPrefix({ CLERK_PROXY_URL }: Environment): string | null {
  return CLERK_PROXY_URL?.startsWith("/") ? CLERK_PROXY_URL.replace(/\/+$/, "") : null;
}
