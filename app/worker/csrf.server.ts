import type { Environment } from "~/env.server";
import { bearerToken } from "~/http/request.server";
import { isReadMethod } from "./route-policy.server";

/**
 * True for writes that may come from another site. Browsers never send Bearer tokens on their own.
 * Requests with cookies need `Sec-Fetch-Site` or `Origin`; each must match if present.
 */
export function isCrossSiteWrite(request: Request, { SERVER_URL }: Environment): boolean {
  const { method, headers } = request;
  if (isReadMethod(method) || bearerToken(request) !== null) return false;
  const site = headers.get("Sec-Fetch-Site");
  const origin = headers.get("Origin");
  if (site === null && origin === null) return headers.has("Cookie");
  return (site !== null && site !== "same-origin") || (origin !== null && origin !== SERVER_URL);
}
