import { beforeAll, expect, test } from "vitest";
import type { TokenRequest } from "../clerk/control/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await usePlatform();
let user: Awaited<ReturnType<typeof createSignedInUser>>;
beforeAll(async () => {
  user = await createSignedInUser(platform);
});

const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

async function fetchProfile(token: string): Promise<Response> {
  return fetch(`${platform.origin}/api/me`, { headers: { Authorization: `Bearer ${token}` } });
}

async function expectUnauthorized(response: Response): Promise<void> {
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe("Bearer");
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({
    type: "about:blank",
    title: "Sign in required",
    status: 401,
  });
}

async function databaseContent(): Promise<unknown> {
  const { results } = await platform.db.prepare("select * from users order by id").all();
  return results;
}

test("accepts a valid token as a Bearer token and as cookies", async () => {
  const asBearer = await fetchProfile(user.token);
  expect(asBearer.status).toBe(200);
  const profile = await asBearer.json();
  expect(profile).toMatchObject({ name: "Ada Lovelace", role: "user", id: expect.any(String) });
  const asCookies = await fetch(`${platform.origin}/api/me`, {
    headers: cookieHeader(user.cookies),
  });
  expect(await asCookies.json()).toEqual(profile);
});

test("a page has the Clerk state of its own token and origin, also when it is cached", async () => {
  const { sessionId, cookies } = await createSignedInUser(platform);
  const visitors = [
    [sessionId, user.sessionId, cookies],
    [user.sessionId, sessionId, user.cookies],
  ] as const;
  for (const [own, other, cookies] of [...visitors, ...visitors]) {
    const headers = cookieHeader(cookies);
    const page = await (await fetch(platform.origin, { headers })).text();
    expect(page).toContain(own);
    expect(page).not.toContain(other);
  }
  for (const origin of [platform.origin, "http://other.example"]) {
    const page = await (await platform.dispatch(`${origin}/`)).text();
    expect(page).not.toContain(sessionId);
    expect(page).toContain(`${origin}/__clerk`);
  }
});

const rejectedTokens: [string, Partial<TokenRequest>][] = [
  ["issued for another site", { azp: "https://evil.example" }],
  ["signed with a foreign key", { key: "foreign" }],
  ["expired more than the allowed skew ago", { issuedAt: secondsAgo(66) }],
  ["not yet valid", { issuedAt: secondsAgo(-120) }],
];

test.each(rejectedTokens)("rejects a token %s and writes nothing", async (_, request) => {
  const before = await databaseContent();
  const token = await platform.clerk.mintSessionToken({
    sessionId: user.sessionId,
    azp: platform.origin,
    ...request,
  });
  await expectUnauthorized(await fetchProfile(token));
  expect(await databaseContent()).toEqual(before);
});

/** A token issued the given number of seconds ago; its lifetime is 60 s. */
const tokenOfAge = (seconds: number) =>
  platform.clerk.mintSessionToken({
    sessionId: user.sessionId,
    azp: platform.origin,
    issuedAt: secondsAgo(seconds),
  });

test("accepts a token that expired within the allowed clock skew", async () => {
  expect((await fetchProfile(await tokenOfAge(61))).status).toBe(200);
});

test("a cached verification expires with its token", async () => {
  const token = await tokenOfAge(57);
  expect((await fetchProfile(token)).status).toBe(200);
  await eventually(async () => expect((await fetchProfile(token)).status).toBe(401));
});

test("rejects alg none, a truncated token and a missing token", async () => {
  const [, payload = "", signature = ""] = user.token.split(".");
  const header = (fields: object) => Buffer.from(JSON.stringify(fields)).toString("base64url");
  await expectUnauthorized(
    await fetchProfile(`${header({ alg: "none", typ: "JWT" })}.${payload}.`),
  );
  await expectUnauthorized(
    await fetchProfile(`${header({ alg: "none", typ: "JWT" })}.${payload}.${signature}`),
  );
  await expectUnauthorized(
    await fetchProfile(`${header({ alg: "HS256", typ: "JWT" })}.${payload}.${signature}`),
  );
  await expectUnauthorized(await fetchProfile(user.token.slice(0, -4)));
  await expectUnauthorized(await fetchProfile("x"));
  await expectUnauthorized(await fetch(`${platform.origin}/api/me`));
});

test("rejects a token with changed claims", async () => {
  const [header, payload = "", signature] = user.token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, role: "admin" })).toString("base64url");
  await expectUnauthorized(await fetchProfile([header, forged, signature].join(".")));
});

test("accepts the session cookie of a browser without __client_uat, but not of a signed-out one", async () => {
  const cookies = Object.fromEntries(
    Object.entries(user.cookies).filter(([name]) => !name.startsWith("__client_uat")),
  );
  const statusWith = async (changes: Record<string, string>) => {
    const headers = cookieHeader({ ...cookies, ...changes });
    return (await fetch(`${platform.origin}/api/me`, { headers })).status;
  };
  expect(await statusWith({})).toBe(200);
  expect(await statusWith({ __client_uat: "0" })).toBe(401);
  expect(await statusWith({ __session_other: await tokenOfAge(3_600) })).toBe(401);
});

const openDocument = (path: string, headers: Record<string, string> = {}) =>
  fetch(platform.origin + path, {
    headers: { Accept: "text/html", "Sec-Fetch-Dest": "document", ...headers },
    redirect: "manual",
  });

test("a new browser sees public pages and the sign-in page without Clerk's handshake", async () => {
  expect((await openDocument("/")).status).toBe(200);
  const { status, headers } = await openDocument("/purchases");
  expect([status, headers.get("location")]).toEqual([302, "/sign-in?redirect_url=%2Fpurchases"]);
});

test("sends a browser that was signed in through Clerk's handshake and back to the page", async () => {
  const first = await openDocument("/purchases?year=1834", { Cookie: "__client_uat=1700000000" });
  expect(first.status).toBe(307);
  const handshake = new URL(first.headers.get("location") ?? "");
  expect(handshake.pathname).toBe("/__clerk/v1/client/handshake");
  const back = await fetch(handshake, { redirect: "manual" });
  expect(back.status).toBe(307);
  const returned = new URL(back.headers.get("location") ?? "");
  expect(returned.pathname + returned.search).toMatch(/^\/purchases\?year=1834&__clerk_handshake/);
});
