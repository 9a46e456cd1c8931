import type { MiddlewareHandler } from "hono";
import { ControlError } from "./errors.ts";

/**
 * Protects the control page and API from other sites: the host must be a loopback name (against DNS
 * rebinding), the request must not come through a proxy, and a browser must send it from the same
 * origin.
 */
export const localRequestsOnly: MiddlewareHandler = async (c, next) => {
  const url = new URL(c.req.url);
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  const proxied = c.req.header("clerk-proxy-url") ?? c.req.header("x-forwarded-host");
  const foreignOrigin = origin !== undefined && origin !== url.origin;
  const foreignSite = site === "cross-site" || site === "same-site";
  const navigation = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate";
  if (!isLoopback(url.hostname) || proxied !== undefined || foreignOrigin) throw forbidden();
  if (foreignSite && !navigation) throw forbidden();
  await next();
};

function forbidden(): ControlError {
  return new ControlError(403, "Only the control page itself can do this.");
}

/** See RFC 6761 and RFC 1122. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}
