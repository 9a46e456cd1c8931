import { createLruCache } from "~/cache/lru-cache.server";
import { bearerToken } from "~/http/request.server";
import { sessionTokens } from "./credentials.server";

interface VerifiedSession {
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

interface CacheEntry<Session> {
  session: Session;
  /** All cookies of Clerk's that came with the token; null for a Bearer token. */
  cookies: string | null;
}

const maxSessions = 1_000;

/**
 * Verified sessions by their token, until it expires. Clerk's other cookies can turn a valid token
 * into a handshake, so a session is found again only with the cookies it was verified with.
 */
export function createAuthCache<Session extends VerifiedSession>() {
  const entries = createLruCache<CacheEntry<Session>>(maxSessions);
  return {
    get(request: Request): Session | undefined {
      const token = decisiveToken(request);
      const entry = token === null ? undefined : entries.get(token);
      return entry?.cookies === request.headers.get("Cookie") ? entry.session : undefined;
    },
    set(request: Request, session: Session): void {
      if (decisiveToken(request) !== session.token) return;
      const entry = { session, cookies: request.headers.get("Cookie") };
      entries.beginSet(session.token)(entry, session.expiresAt);
    },
  };
}

/**
 * The only session token of a request; null if the SDK looks at more than credentials: at a
 * parameter of Clerk's, or at a link from another site, which leads to a handshake.
 */
function decisiveToken(request: Request): string | null {
  const { origin, searchParams } = new URL(request.url);
  const referrer = URL.parse(request.headers.get("Referer") ?? origin);
  if (referrer?.origin !== origin) return null;
  if ([...searchParams.keys()].some((name) => name.startsWith("__clerk"))) return null;
  const [token = null, ...others] = new Set(sessionTokens(request));
  return bearerToken(request) ?? (others.length === 0 ? token : null);
}
