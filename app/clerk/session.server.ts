import * as z from "zod";
import type { Environment } from "../env.server";
import { type Role, roleSchema } from "../features/users/user";
import { clerkClient } from "./client.server";
import {
  type Credentials,
  forbiddenParameters,
  handshakeCredentials,
  sessionCookies,
  withoutCookies,
} from "./credentials.server";
import { createRememberedAnswers, type Dated } from "./remembered-answers.server";

/** A verified session. Its claims are a projection up to a minute old: good to show or hide a link, never to grant. */
export interface Session {
  clerkUserId: string;
  sessionId: string;
  /** As it was verified; it never leaves the worker. */
  token: string;
  claims: { dbId: string | null; role: Role | null };
}

/** `rejected` names the broken cookies and parameters of the request; `cookies` also clears them. */
export type Authentication =
  /** To Clerk's handshake, or to the same URL without its broken parameters. */
  | { kind: "redirect"; location: string; cookies: string[]; rejected: string[] }
  | { kind: "signed-in"; session: Session; cookies: string[]; rejected: string[] }
  | { kind: "signed-out"; cookies: string[]; rejected: string[] };

/** The SDK's reasons for rejecting a session cookie that can never become valid. */
const brokenTokenReasons = new Set([
  "token-invalid",
  "token-invalid-algorithm",
  "token-invalid-signature",
  "token-verification-failed",
]);

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
export async function authenticate(
  { request, unreadable }: Credentials,
  environment: Environment,
): Promise<Authentication> {
  const parameters = forbiddenParameters(request);
  if (parameters.length > 0) return rejecting(redirectWithout(request, parameters), unreadable);
  const answers = remembered.get(environment) ?? createRememberedAnswers<Authentication>();
  remembered.set(environment, answers);
  const answer = await answers(request, () => authenticateWithClerk(request, environment));
  return rejecting(answer, unreadable);
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

async function authenticateWithClerk(
  request: Request,
  environment: Environment,
): Promise<Dated<Authentication>> {
  const state = await callSdk(request, environment);
  if (!state) return { answer: await withoutHandshake(request, environment), holdsUntil: 0 };
  const cookies = state.headers.getSetCookie();
  const location = state.headers.get("Location");
  if (location)
    return { answer: { kind: "redirect", location, cookies, rejected: [] }, holdsUntil: 0 };
  const token = state.status === "signed-in" ? state.token : "";
  const claims = claimsSchema.safeParse(token && payloadOf(token));
  if (!claims.success || claims.data.azp !== environment.SERVER_URL) {
    const answer: Authentication = { kind: "signed-out", cookies, rejected: [] };
    const broken = brokenTokenReasons.has(state.reason ?? "") ? sessionCookies(request) : [];
    const isNobody = state.reason === "session-token-and-uat-missing";
    return {
      answer: rejecting(answer, broken),
      holdsUntil: isNobody ? Date.now() + nobodyHoldsMs : 0,
    };
  }
  const { sub: clerkUserId, sid: sessionId, exp, dbId, role } = claims.data;
  const session = { clerkUserId, sessionId, token, claims: { dbId, role } };
  const holdsUntil = cookies.length === 0 ? exp * 1000 : 0;
  return { answer: { kind: "signed-in", session, cookies, rejected: [] }, holdsUntil };
}

/** Null where the request brings a handshake that came to nothing. */
async function callSdk(request: Request, environment: Environment) {
  const { parameters, cookies } = handshakeCredentials(request);
  const bringsHandshake = parameters.length + cookies.length > 0;
  try {
    const state = await clerkClient(environment).authenticateRequest(withoutBody(request), {
      authorizedParties: [environment.SERVER_URL],
      acceptsToken: "session_token",
      signInUrl: environment.CLERK_SIGN_IN_URL,
      signUpUrl: environment.CLERK_SIGN_UP_URL,
      ...(environment.CLERK_PROXY_URL && {
        proxyUrl: new URL(environment.CLERK_PROXY_URL, request.url).href,
      }),
    });
    return bringsHandshake && !setsCookies(state.headers) ? null : state;
  } catch (error) {
    // With test keys the SDK throws on a handshake that another instance signed.
    if (bringsHandshake) return null;
    throw error;
  }
}

/** Whether there are cookies other than the one that counts handshakes. */
const setsCookies = (headers: Headers) =>
  headers.getSetCookie().some((cookie) => !cookie.startsWith("__clerk_redirect_count="));

/** A broken handshake counts as absent. A parameter would come back with each reload of the page. */
async function withoutHandshake(
  request: Request,
  environment: Environment,
): Promise<Authentication> {
  const { parameters, cookies } = handshakeCredentials(request);
  if (parameters.length > 0) return rejecting(redirectWithout(request, parameters), cookies);
  const { answer } = await authenticateWithClerk(withoutCookies(request, cookies), environment);
  return rejecting(answer, cookies);
}

function redirectWithout({ url }: Request, parameters: readonly string[]): Authentication {
  const location = new URL(url);
  for (const name of parameters) location.searchParams.delete(name);
  return { kind: "redirect", location: location.href, cookies: [], rejected: [...parameters] };
}

/** The same answer, which also clears these broken cookies. New ones from Clerk come after that. */
function rejecting(answer: Authentication, names: readonly string[]): Authentication {
  if (names.length === 0) return answer;
  const cleared = names.map((name) => `${name}=; Path=/; Max-Age=0; SameSite=Lax`);
  return {
    ...answer,
    cookies: [...cleared, ...answer.cookies],
    rejected: [...answer.rejected, ...names],
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
