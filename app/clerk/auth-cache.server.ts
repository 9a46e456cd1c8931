import { createLruCache } from "~/cache/lru-cache.server";
import { bearerToken } from "~/http/request.server";
import { clerkCookieHeader, sessionTokens } from "./credentials.server";

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
      const token = decisiveToken(request);
      const entry = token === null ? undefined : entries.get(token);
      return entry?.cookies === clerkCookieHeader(request) ? entry.session : undefined;
    },
    set(request: Request, session: Session): void {
      if (decisiveToken(request) !== session.token) return;
      const entry = { session, cookies: clerkCookieHeader(request) };
      entries.beginSet(session.token)(entry, session.expiresAt);
    },
  };
}

/** The request's only session token; null if the SDK might start a handshake instead. */
function decisiveToken(request: Request): string | null {
  const { origin, searchParams } = new URL(request.url);
  const referrer = URL.parse(request.headers.get("Referer") ?? origin);
  if (referrer?.origin !== origin) return null;
  if ([...searchParams.keys()].some((name) => name.startsWith("__clerk"))) return null;
  const [token = null, ...others] = new Set(sessionTokens(request));
  return bearerToken(request) ?? (others.length === 0 ? token : null);
}
