import { createLruCache } from "~/cache/lru-cache.server";
import { bearerToken } from "~/http/request.server";
import { clerkCookies, cookieHeader, tokensOf } from "./credentials.server";

interface VerifiedSession {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

interface CacheEntry<Session> {
  session: Session;
  /** Clerk's cookies in the verified request. */
  cookies: string;
}

const maxSessions = 1_000;

/** Sessions by token. Other Clerk cookies can force a handshake, so they must match too. */
export function createAuthCache<Session extends VerifiedSession>() {
  const entries = createLruCache<CacheEntry<Session>>(maxSessions);
  return {
    get(request: Request): Session | undefined {
      const credentials = decisiveCredentials(request);
      const entry = credentials && entries.get(credentials.token);
      return entry && entry.cookies === credentials.cookies ? entry.session : undefined;
    },
    set(request: Request, session: Session): void {
      const credentials = decisiveCredentials(request);
      if (credentials?.token !== session.token) return;
      const entry = { session, cookies: credentials.cookies };
      entries.beginSet(session.token)(entry, session.expiresAt);
    },
  };
}

/** The request's only session token; null if the SDK might start a handshake instead. */
function decisiveCredentials(request: Request): { token: string; cookies: string } | null {
  if (mayStartHandshake(request)) return null;
  const cookies = clerkCookies(request);
  const [cookieToken, ...others] = new Set(tokensOf(cookies));
  const token = bearerToken(request) ?? (others.length === 0 ? cookieToken : undefined);
  return token === undefined ? null : { token, cookies: cookieHeader(cookies) };
}

/** Whether the answer may depend on more than cookies: on a referrer or on Clerk's parameters. */
function mayStartHandshake({ url, headers }: Request): boolean {
  const referrer = headers.get("Referer");
  if (referrer === null && !url.includes("?")) return false;
  const { origin, searchParams } = new URL(url);
  if (referrer !== null && URL.parse(referrer)?.origin !== origin) return true;
  return [...searchParams.keys()].some((name) => name.startsWith("__clerk"));
}
