import * as z from "zod";
import type { Environment } from "../env.server";
import { type Role, roleSchema } from "../features/users/user";
import { clerkClient } from "./client.server";

/** A verified session. Its claims are a projection up to a minute old: good to show or hide a link, never to grant. */
export interface Session {
  clerkUserId: string;
  sessionId: string;
  claims: { dbId: string | null; role: Role | null };
}

export type Authentication =
  /** Clerk wants the browser sent through its handshake first. */
  | { kind: "handshake"; response: Response }
  | { kind: "signed-in"; session: Session; cookies: string[] }
  | { kind: "signed-out"; cookies: string[] };

const claimsSchema = z.object({
  azp: z.string(),
  dbId: z.uuid().nullable().catch(null),
  role: roleSchema.nullable().catch(null),
});

/**
 * Verifies the session token of a request, from its cookie or its Bearer header.
 * A token must name this site as its authorized party: the SDK accepts one that names none, we do not.
 */
export async function authenticate(
  request: Request,
  environment: Environment,
): Promise<Authentication> {
  const authorizedParties = [environment.SERVER_URL];
  const state = await clerkClient(environment).authenticateRequest(withoutBody(request), {
    authorizedParties,
    acceptsToken: "session_token",
    signInUrl: environment.CLERK_SIGN_IN_URL,
    signUpUrl: environment.CLERK_SIGN_UP_URL,
    ...(environment.CLERK_PROXY_URL && {
      proxyUrl: new URL(environment.CLERK_PROXY_URL, request.url).href,
    }),
  });
  if (state.headers.has("Location")) {
    return {
      kind: "handshake",
      response: new Response(null, { status: 307, headers: state.headers }),
    };
  }
  const cookies = state.headers.getSetCookie();
  const auth = state.status === "signed-in" ? state.toAuth() : null;
  const claims = claimsSchema.safeParse(auth?.sessionClaims);
  if (!auth?.userId || !claims.success || !authorizedParties.includes(claims.data.azp)) {
    return { kind: "signed-out", cookies };
  }
  const { dbId, role } = claims.data;
  const session = { clerkUserId: auth.userId, sessionId: auth.sessionId, claims: { dbId, role } };
  return { kind: "signed-in", session, cookies };
}

/** The SDK copies the request it is given, which would use up a body that a loader still has to read. */
function withoutBody(request: Request): Request {
  return new Request(request.url, { method: request.method, headers: request.headers });
}
