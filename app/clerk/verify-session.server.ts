import type { Environment } from "~/env.server";
import { createAuthCache } from "./auth-cache.server";
import { type Authentication, redirectWithout, rejectCookies } from "./authentication.server";
import { clerkClient } from "./clerk-client.server";
import {
  asBearerRequest,
  type Credentials,
  forbiddenParameters,
  handshakeCredentials,
  hasNoCredentials,
  readCredentials,
  sessionCookies,
  withoutCookies,
} from "./credentials.server";
import { readSession, type Session } from "./session-claims.server";

/** SDK reasons for a session cookie that can never become valid. */
const brokenTokenReasons = new Set([
  "jwk-kid-mismatch",
  "token-invalid",
  "token-invalid-algorithm",
  "token-invalid-signature",
  "token-verification-failed",
]);

const caches = new WeakMap<Environment, ReturnType<typeof createAuthCache<Session>>>();

/** Verifies the session token from the cookie or the Bearer header. */
export async function authenticate(
  request: Request,
  environment: Environment,
): Promise<Authentication> {
  const cache = caches.get(environment) ?? createAuthCache<Session>();
  caches.set(environment, cache);
  const session = cache.get(request);
  if (session) return { kind: "signed-in", session, cookies: [], rejected: [] };
  if (hasNoCredentials(request)) return { kind: "signed-out", cookies: [], rejected: [] };
  const authentication = await authenticateReadable(readCredentials(request), environment);
  if (authentication.kind === "signed-in" && authentication.cookies.length === 0) {
    cache.set(request, authentication.session);
  }
  return authentication;
}

async function authenticateReadable(
  { request, unreadable }: Credentials,
  environment: Environment,
): Promise<Authentication> {
  const parameters = forbiddenParameters(request);
  const authentication =
    parameters.length > 0
      ? redirectWithout(request, parameters)
      : await authenticateWithClerk(request, environment);
  return rejectCookies(authentication, unreadable);
}

async function authenticateWithClerk(
  request: Request,
  environment: Environment,
): Promise<Authentication> {
  const state = await callSdk(request, environment);
  if (!state) return authenticateWithoutHandshake(request, environment);
  const cookies = state.headers.getSetCookie();
  const location = state.headers.get("Location");
  if (location) return { kind: "redirect", location, cookies, rejected: [] };
  if (state.reason === "session-token-but-no-client-uat") {
    const withoutUat = asBearerRequest(request);
    if (withoutUat) return authenticateWithClerk(withoutUat, environment);
  }
  const session = state.status === "signed-in" ? readSession(state.token, environment) : null;
  if (session) return { kind: "signed-in", session, cookies, rejected: [] };
  const broken = brokenTokenReasons.has(state.reason ?? "") ? sessionCookies(request) : [];
  return rejectCookies({ kind: "signed-out", cookies, rejected: [] }, broken);
}

/** Null if the handshake in the request failed. */
async function callSdk(request: Request, environment: Environment) {
  const { parameters, cookies } = handshakeCredentials(request);
  const hasHandshake = parameters.length + cookies.length > 0;
  try {
    const state = await clerkClient(environment).authenticateRequest(request, {
      acceptsToken: "session_token",
      signInUrl: environment.CLERK_SIGN_IN_URL,
      signUpUrl: environment.CLERK_SIGN_UP_URL,
      ...(environment.CLERK_PROXY_URL && {
        proxyUrl: new URL(environment.CLERK_PROXY_URL, request.url).href,
      }),
    });
    return hasHandshake && !setsCookies(state.headers) ? null : state;
  } catch (error) {
    // With test keys the SDK throws on a handshake signed by another instance.
    if (hasHandshake) return null;
    throw error;
  }
}

/** Ignores the cookie that counts redirects. */
const setsCookies = (headers: Headers) =>
  headers.getSetCookie().some((cookie) => !cookie.startsWith("__clerk_redirect_count="));

/** Treats a failed handshake as absent and removes its parameters from the URL. */
async function authenticateWithoutHandshake(
  request: Request,
  environment: Environment,
): Promise<Authentication> {
  const { parameters, cookies } = handshakeCredentials(request);
  if (parameters.length > 0) return rejectCookies(redirectWithout(request, parameters), cookies);
  const without = withoutCookies(request, cookies);
  return rejectCookies(await authenticateWithClerk(without, environment), cookies);
}
