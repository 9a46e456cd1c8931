import * as z from "zod";
import type { Environment } from "../env.server";
import { type Role, roleSchema } from "../features/users/user";
import { clerkClient } from "./client.server";
import { createRememberedAnswers } from "./remembered-answers.server";

/** A verified session. Its claims are a projection up to a minute old: good to show or hide a link, never to grant. */
export interface Session {
  clerkUserId: string;
  sessionId: string;
  /** As it was verified; it never leaves the worker. */
  token: string;
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
  /** Seconds since 1970. */
  exp: z.number(),
  /** A session with a task still to do is none yet, as `toAuth()` has it. */
  sts: z
    .string()
    .refine((status) => status !== "pending")
    .nullish(),
  azp: z.string(),
  dbId: z.uuid().nullable().catch(null),
  role: roleSchema.nullable().catch(null),
});

/** For how long a browser with neither a session nor a client of Clerk's is not looked at again. */
const nobodyHoldsMs = 60_000;

const remembered = new WeakMap<
  Environment,
  ReturnType<typeof createRememberedAnswers<Authentication>>
>();

/**
 * Verifies the session token of a request, from its cookie or its Bearer header. What was verified once holds in this isolate
 * until the token expires: the same object is then the answer.
 * A token must name this site as its authorized party: the SDK accepts one that names none, we do not.
 */
export function authenticate(request: Request, environment: Environment): Promise<Authentication> {
  const answers = remembered.get(environment) ?? createRememberedAnswers<Authentication>();
  remembered.set(environment, answers);
  return answers(request, () => askClerk(request, environment));
}

/**
 * Whether a request can be nobody's but a stranger's, without asking the SDK: it brings neither a token nor what is left of a
 * handshake, and is no document, which alone could be sent through one (`authenticateRequest` in `@clerk/backend` 2).
 */
export function hasNoCredentials({ url, headers }: Request): boolean {
  if (headers.has("Authorization") || headers.get("Accept")?.includes("text/html")) return false;
  if (/document|iframe/.test(headers.get("Sec-Fetch-Dest") ?? "")) return false;
  return !/__session|__clerk_handshake/.test(`${url}\n${headers.get("Cookie")}`);
}

async function askClerk(request: Request, environment: Environment) {
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
    const response = new Response(null, { status: 307, headers: state.headers });
    return { answer: { kind: "handshake", response }, holdsUntil: 0 } as const;
  }
  const cookies = state.headers.getSetCookie();
  const token = state.status === "signed-in" ? state.token : "";
  const claims = claimsSchema.safeParse(token && payloadOf(token));
  if (!claims.success || !authorizedParties.includes(claims.data.azp)) {
    const isNobody = state.reason === "session-token-and-uat-missing";
    const holdsUntil = isNobody ? Date.now() + nobodyHoldsMs : 0;
    return { answer: { kind: "signed-out", cookies }, holdsUntil } as const;
  }
  const { sub: clerkUserId, sid: sessionId, exp, dbId, role } = claims.data;
  const session = { clerkUserId, sessionId, token, claims: { dbId, role } };
  const holdsUntil = cookies.length === 0 ? exp * 1000 : 0;
  return { answer: { kind: "signed-in", session, cookies }, holdsUntil } as const;
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
