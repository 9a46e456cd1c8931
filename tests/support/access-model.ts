import type { Principal } from "./access-people.ts";
import type { BuiltRoute } from "./built-routes.ts";
import type { RawRequest, RawResponse } from "./raw-request.ts";

export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof methods)[number];

/** How a browser or program asks: for the page, for its data, or by `fetch`. */
export const forms = ["document", "data", "fetch"] as const;
type Form = (typeof forms)[number];

export interface AccessRequest {
  route: BuiltRoute;
  method: Method;
  form: Form;
  principal: Principal;
}

/** What must be answered. "admitted": the route's own code decides; it is none of the guard's answers. */
export type Expected =
  | "handshake"
  | "sign-in"
  | "options"
  | "admitted"
  | "unauthorized"
  | "forbidden"
  | "wrong-method"
  | "deleted";

/**
 * The whole access policy in a few lines, written from its specification (docs/decisions/0003-private-by-default.md) and
 * sharing no code with the guard.
 */
export function expectedResponse({ route, method, form, principal }: AccessRequest): Expected {
  if (method === "OPTIONS") return "options";
  const requested = ["GET", "HEAD"].includes(method) ? route.access : route.writeAccess;
  const isPublic = requested === "public";
  if (!(route.writeAccess === "public" && route.kind === "resource")) {
    if (principal.needsHandshake && form === "document") return "handshake";
  }
  if (!isPublic) {
    if (principal.role === "nobody") {
      return route.kind === "page" || form === "document" ? "sign-in" : "unauthorized";
    }
    if (principal.role === "deleted") return "deleted";
    if (requested === "admin" && principal.role !== "admin") return "forbidden";
  }
  if (!route.methods.includes(method)) return "wrong-method";
  // A page that takes forms of signed-in people looks up whom it is shown to, also where all may read it.
  const isAuthenticated = route.kind === "page" && route.writeAccess !== "public";
  return isAuthenticated && principal.role === "deleted" ? "deleted" : "admitted";
}

/** What an answer is, by its status and where it leads. */
export function observedResponse({ status, headers, body }: RawResponse): Expected | string {
  const location = headers.get("location") ?? "";
  if (status === 204 && headers.has("allow")) return "options";
  if (status === 307 && location.includes("/v1/client/handshake")) return "handshake";
  if (status === 302 && location.startsWith("/sign-in?redirect_url=")) return "sign-in";
  if (status === 202 && (location || body).includes("/sign-in?redirect_url=")) return "sign-in";
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 405) return "wrong-method";
  if (status === 410) return "deleted";
  if (status < 500 && status !== 404) return "admitted";
  return `status ${status}`;
}

/** The request of a question, as a browser or program would send it from this site. */
export function requestOf(
  origin: string,
  path: string,
  { route, method, form, principal }: AccessRequest,
): RawRequest {
  const dataPath = path === "/" ? "/_root.data" : `${path}.data`;
  const navigates = form === "document";
  const writes = !["GET", "HEAD", "OPTIONS"].includes(method);
  const headers = {
    Accept: navigates ? "text/html" : "*/*",
    "Sec-Fetch-Dest": navigates ? "document" : "empty",
    "Sec-Fetch-Site": "same-origin",
    ...(writes && { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" }),
    ...principal.headers,
  };
  const url = (form === "data" ? dataPath : path) + (route.isIndex ? "?index" : "");
  return { origin, path: url, method, headers, body: writes ? "intent=none" : null };
}
