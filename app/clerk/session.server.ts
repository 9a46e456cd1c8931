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
  sub: z.string().min(1),
  sid: z.string().min(1),
  /** A session with a task still to do is none yet, as `toAuth()` has it. */
  sts: z
    .string()
    .refine((status) => status !== "pending")
    .nullish(),
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
  const claims = claimsSchema.safeParse(state.status === "signed-in" && payloadOf(state.token));
  if (!claims.success || !authorizedParties.includes(claims.data.azp)) {
    return { kind: "signed-out", cookies };
  }
  const { sub: clerkUserId, sid: sessionId, dbId, role } = claims.data;
  return {
    kind: "signed-in",
    session: { clerkUserId, sessionId, claims: { dbId, role } },
    cookies,
  };
}

/** What a verified token says. The SDK's own `toAuth()` builds a client of the whole Backend API beside it. */
function payloadOf(token: string): unknown {
  const [, payload = ""] = token.split(".");
  const binary = atob(payload.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The SDK copies the request it is given, which would use up a body that a loader still has to read. */
function withoutBody(request: Request): Request {
  if (request.body === null) return request;
  return new Request(request.url, { method: request.method, headers: request.headers });
}
