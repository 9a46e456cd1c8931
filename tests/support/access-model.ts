import type { BuiltRoute } from "./built-routes.ts";
import type { Principal } from "./principals.ts";
import type { RawRequest, RawResponse } from "./raw-request.ts";

export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof methods)[number];

/** The kinds of request: a document, a data request (`.data`), or a `fetch`. */
export const forms = ["document", "data", "fetch"] as const;
type Form = (typeof forms)[number];

export interface AccessRequest {
  route: BuiltRoute;
  method: Method;
  form: Form;
  principal: Principal;
}

/** The expected kind of response. "allowed": the guard lets the request through to the route. */
export type Expected =
  | "handshake"
  | "sign-in"
  | "options"
  | "allowed"
  | "unauthorized"
  | "forbidden"
  | "method-not-allowed"
  | "deleted";

/**
 * The access policy, written from docs/decisions/0003-private-by-default.md. It shares no code with
 * the guard.
 */
export function expectedResponse({ route, method, form, principal }: AccessRequest): Expected {
  if (method === "OPTIONS") return "options";
  const isRead = ["GET", "HEAD"].includes(method);
  const requested = isRead ? route.access : route.writeAccess;
  const isPublic = requested === "public";
  if (!(route.writeAccess === "public" && route.kind === "resource")) {
    if (principal.needsHandshake && form === "document" && isRead) return "handshake";
  }
  if (!isPublic) {
    if (principal.role === "anonymous") {
      if (isKept({ route, method, form, principal })) return "unauthorized";
      return route.kind === "page" || form === "document" ? "sign-in" : "unauthorized";
    }
    if (principal.role === "deleted") return "deleted";
    if (principal.role === "banned") return "forbidden";
    if (requested === "admin" && principal.role !== "admin") return "forbidden";
  }
  if (!route.methods.includes(method)) return "method-not-allowed";
  // A public page that accepts forms from signed-in users looks up the user, too.
  const isAuthenticated = route.kind === "page" && route.writeAccess !== "public";
  if (isAuthenticated && principal.role === "deleted") return "deleted";
  return isAuthenticated && principal.role === "banned" ? "forbidden" : "allowed";
}

/** A form submitted without JavaScript is shown again instead of being lost in a redirect. */
const isKept = ({ route, method, form }: AccessRequest) =>
  route.kind === "page" && form !== "data" && method === "POST" && route.methods.includes(method);

/** Classifies a response by its status and redirect target. */
export function observedResponse({ status, headers, body }: RawResponse): Expected | string {
  const location = headers.get("location") ?? "";
  if (status === 204 && headers.has("allow")) return "options";
  if (status === 307 && location.includes("/v1/client/handshake")) return "handshake";
  if (status === 302 && location.startsWith("/sign-in?redirect_url=")) return "sign-in";
  if (status === 202 && (location || body).includes("/sign-in?redirect_url=")) return "sign-in";
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 405) return "method-not-allowed";
  if (status === 410) return "deleted";
  if (status < 500 && status !== 404) return "allowed";
  return `status ${status}`;
}

/** Builds the HTTP request as a browser or program would send it from this site. */
export function requestOf(
  origin: string,
  path: string,
  { route, method, form, principal }: AccessRequest,
): RawRequest {
  const dataPath = path === "/" ? "/_root.data" : `${path}.data`;
  const isNavigation = form === "document";
  const isWrite = !["GET", "HEAD", "OPTIONS"].includes(method);
  const headers = {
    Accept: isNavigation ? "text/html" : "*/*",
    "Sec-Fetch-Dest": isNavigation ? "document" : "empty",
    "Sec-Fetch-Site": "same-origin",
    ...(isWrite && { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" }),
    ...principal.headers,
  };
  const url = (form === "data" ? dataPath : path) + (route.isIndex ? "?index" : "");
  const body = isWrite ? "intent=none" : null;
  return { origin, path: url, method, headers, body, keepAlive: !isWrite };
}
