import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAuthCache } from "../../app/clerk/auth-cache.server.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const site = "https://courses.example";
const cookies = "__session=token; __client_uat=1; __clerk_db_jwt=dvb_1";
const visit = (headers: Record<string, string> = {}, path = "/dashboard") =>
  new Request(site + path, { headers: { Cookie: cookies, ...headers } });
const bearer = (token: string) =>
  new Request(`${site}/api/me`, { headers: { Authorization: `Bearer ${token}` } });
const session = (token = "token") => ({ token, expiresAt: Date.now() + 60_000 });

test.each([
  ["another page", visit({}, "/purchases?page=2")],
  ["another cookie of the site", visit({ Cookie: `${cookies}; lesson_marked=1` })],
  [
    "a document opened from a page of this site",
    visit({ Referer: `${site}/`, Accept: "text/html" }),
  ],
])("reuses a verified session for %s", (_, request) => {
  const cache = createAuthCache();
  const verified = session();
  cache.set(visit(), verified);
  expect(cache.get(request)).toBe(verified);
});

test.each<[string, Request]>([
  ["another token", visit({ Cookie: cookies.replace("token", "other") })],
  ["another client timestamp", visit({ Cookie: cookies.replace("uat=1", "uat=2") })],
  ["no other cookies", visit({ Cookie: "__session=token" })],
  ["a second session cookie", visit({ Cookie: `${cookies}; __session_abcdefgh=other` })],
  ["a handshake cookie", visit({ Cookie: `${cookies}; __clerk_handshake=x` })],
  ["a handshake parameter", visit({}, "/dashboard?__clerk_handshake=x")],
  ["an escaped parameter", visit({}, "/dashboard?%5F_clerk_handshake=x")],
  ["a development browser parameter", visit({}, "/dashboard?__clerk_db_jwt=x")],
  ["a referrer on another site", visit({ Referer: "https://other.example/" })],
  ["a referrer on a similar origin", visit({ Referer: `${site}.evil.example/` })],
  ["a referrer that is not a URL", visit({ Referer: "nowhere" })],
  ["the token as a Bearer token", bearer("token")],
  ["no credentials", new Request(site)],
])("does not share a cached session with a request that has %s", (_, request) => {
  const cache = createAuthCache();
  cache.set(visit(), session());
  expect(cache.get(request)).toBeUndefined();
  const other = createAuthCache();
  other.set(request, session());
  expect(other.get(visit())).toBeUndefined();
});

test("caches Bearer requests by their token only", () => {
  const cache = createAuthCache();
  const verified = session();
  cache.set(bearer("token"), verified);
  expect(cache.get(bearer("token"))).toBe(verified);
  expect(cache.get(bearer("other"))).toBeUndefined();
});

test("does not cache a session whose token differs from the one sent", () => {
  const cache = createAuthCache();
  cache.set(bearer("token"), session("refreshed"));
  expect(cache.get(bearer("token"))).toBeUndefined();
  expect(cache.get(bearer("refreshed"))).toBeUndefined();
});

test("drops a session when its token expires", () => {
  const cache = createAuthCache();
  cache.set(visit(), session());
  vi.advanceTimersByTime(59_999);
  expect(cache.get(visit())).toBeDefined();
  vi.advanceTimersByTime(1);
  expect(cache.get(visit())).toBeUndefined();
});

test("keeps the 1,000 most recently used sessions", () => {
  const cache = createAuthCache();
  for (let n = 0; n < 1_000; n++) cache.set(bearer(`token-${n}`), session(`token-${n}`));
  expect(cache.get(bearer("token-0"))).toBeDefined();
  cache.set(bearer("one-more"), session("one-more"));
  expect(cache.get(bearer("token-0"))).toBeDefined();
  expect(cache.get(bearer("token-1"))).toBeUndefined();
  expect(cache.get(bearer("one-more"))).toBeDefined();
});
