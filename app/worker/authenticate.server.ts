import type { Authentication } from "~/clerk/authentication.server";
import { sessionCookies } from "~/clerk/credentials.server";
import { authenticate } from "~/clerk/verify-session.server";
import type { Environment } from "~/env.server";
import { isDocumentRequest } from "~/http/is-document-request.server";
import type { Log } from "~/log/log.server";
import { isReadMethod, type RoutePolicy } from "./route-policy.server";

/** As the policy of the route requires. */
export async function authenticateFor(
  policy: RoutePolicy | null,
  request: Request,
  environment: Environment,
): Promise<Authentication> {
  if (policy === null) return authenticateUnknownUrl(request, environment);
  return isAnonymous(policy) ? signedOut : authenticate(request, environment);
}

const signedOut: Authentication = { kind: "signed-out", cookies: [], rejected: [] };

/** For the header of the error page; only a document is worth a handshake. */
async function authenticateUnknownUrl(
  request: Request,
  environment: Environment,
): Promise<Authentication> {
  if (sessionCookies(request).length === 0) return signedOut;
  if (isReadMethod(request.method) && isDocumentRequest(request)) {
    return authenticate(request, environment);
  }
  const headers = { Cookie: request.headers.get("Cookie") ?? "" };
  const data = new Request(new URL("/", request.url), { headers });
  const authentication = await authenticate(data, environment);
  return authentication.kind === "signed-in" ? authentication : signedOut;
}

/** Skips authentication for public routes that are not pages (webhook, health). */
export const isAnonymous = ({ writeAccess, isPage }: RoutePolicy) =>
  writeAccess === "public" && !isPage;

/** Drops name suffixes, which the client controls. */
export function logRejectedCredentials({ rejected }: Authentication, log: Log): void {
  if (rejected.length === 0) return;
  const names = rejected.map((name) =>
    name.replace(/^(__session|__client_uat|__clerk_db_jwt|__refresh)_.*/, "$1"),
  );
  log("session.rejected", { credentials: [...new Set(names)].join(" ") });
}
