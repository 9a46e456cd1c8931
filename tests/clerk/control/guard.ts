import type { MiddlewareHandler } from "hono";
import { isLoopback } from "../frontend-api/redirect-url.ts";
import { ClerkError } from "../wire/errors.ts";

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

function forbidden(): ClerkError {
  return new ClerkError(403, "control_forbidden", "Only the control page itself can do this.");
}
