import type { Environment } from "~/env.server";
import { bearerToken } from "~/http/request.server";
import { isReadMethod } from "./route-policy.server";

/**
 * Whether a request would change something and comes, or may come, from another site with this person's cookies.
 * `Sec-Fetch-Site` and `Origin` are set by the browser alone: each that is there must name this site, and one must be there
 * once cookies are. A Bearer token is never sent by a browser on its own, so it is proof enough.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isCrossSiteWrite(request: Request, { SERVER_URL }: Environment): boolean {
  const { method, headers } = request;
  if (isReadMethod(method) || bearerToken(request) !== null) return false;
  const site = headers.get("Sec-Fetch-Site");
  const origin = headers.get("Origin");
  if (site === null && origin === null) return headers.has("Cookie");
  return (site !== null && site !== "same-origin") || (origin !== null && origin !== SERVER_URL);
}
