import type { MiddlewareHandler } from "hono";
import { isLoopback } from "../frontend-api/redirect-url.ts";
import { ClerkError } from "../wire/errors.ts";

/**
 * Keeps other sites out of the control page and API: the host must be this machine (so that no
 * name rebound to it gets in), the request must not come through the app's proxy, and a browser
 * must say that its own page sent it.
 */
export const onlyFromThisMachine: MiddlewareHandler = async (c, next) => {
  const url = new URL(c.req.url);
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  const proxied = c.req.header("clerk-proxy-url") ?? c.req.header("x-forwarded-host");
  const foreignOrigin = origin !== undefined && origin !== url.origin;
  const foreignSite = site === "cross-site" || site === "same-site";
  const navigation = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate";
  if (!isLoopback(url.hostname) || proxied !== undefined || foreignOrigin) throw refused();
  if (foreignSite && !navigation) throw refused();
  await next();
};

function refused(): ClerkError {
  return new ClerkError(403, "control_forbidden", "The control page answers only to itself.");
}
