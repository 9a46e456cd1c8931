import { beforeAll, expect, test } from "vitest";
import type { TokenRequest } from "../clerk/control/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await usePlatform();
let person: Awaited<ReturnType<typeof createSignedInUser>>;
beforeAll(async () => {
  person = await createSignedInUser(platform);
});

const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

async function askAs(token: string): Promise<Response> {
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

test("a valid token is the person, as Bearer and as a browser's cookies", async () => {
  const asBearer = await askAs(person.token);
  expect(asBearer.status).toBe(200);
  const profile = await asBearer.json();
  expect(profile).toMatchObject({ name: "Ada Lovelace", role: "user", id: expect.any(String) });
  const asCookies = await fetch(`${platform.origin}/api/me`, {
    headers: cookieHeader(person.cookies),
  });
  expect(await asCookies.json()).toEqual(profile);
});

const refusals: [string, Partial<TokenRequest>][] = [
  ["issued for another site", { azp: "https://evil.example" }],
  ["signed with a foreign key", { key: "foreign" }],
  ["expired more than the allowed skew ago", { issuedAt: secondsAgo(66) }],
  ["not yet valid", { issuedAt: secondsAgo(-120) }],
];

test.each(refusals)("a token %s is refused, and writes nothing", async (_, request) => {
  const before = await databaseContent();
  const token = await platform.clerk.mintSessionToken({
    sessionId: person.sessionId,
    azp: platform.origin,
    ...request,
  });
  await expectUnauthorized(await askAs(token));
  expect(await databaseContent()).toEqual(before);
});

/** A token of hers for this site, so many seconds after it was issued; it lives for sixty. */
const tokenOfAge = (seconds: number) =>
  platform.clerk.mintSessionToken({
    sessionId: person.sessionId,
    azp: platform.origin,
    issuedAt: secondsAgo(seconds),
  });

test("a token expired less than the allowed skew ago is still good", async () => {
  expect((await askAs(await tokenOfAge(61))).status).toBe(200);
});

test("what was verified is good for no longer than its token", async () => {
  const token = await tokenOfAge(57);
  expect((await askAs(token)).status).toBe(200);
  await eventually(async () => expect((await askAs(token)).status).toBe(401));
});

test("a token with alg none, a cut one and no token at all are refused", async () => {
  const [, payload = "", signature = ""] = person.token.split(".");
  const header = (fields: object) => Buffer.from(JSON.stringify(fields)).toString("base64url");
  await expectUnauthorized(await askAs(`${header({ alg: "none", typ: "JWT" })}.${payload}.`));
  await expectUnauthorized(
    await askAs(`${header({ alg: "none", typ: "JWT" })}.${payload}.${signature}`),
  );
  await expectUnauthorized(
    await askAs(`${header({ alg: "HS256", typ: "JWT" })}.${payload}.${signature}`),
  );
  await expectUnauthorized(await askAs(person.token.slice(0, -4)));
  await expectUnauthorized(await askAs("x"));
  await expectUnauthorized(await fetch(`${platform.origin}/api/me`));
});

test("a token whose claims were changed is refused", async () => {
  const [header, payload = "", signature] = person.token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, role: "admin" })).toString("base64url");
  await expectUnauthorized(await askAs([header, forged, signature].join(".")));
});

test("a fresh browser is sent through Clerk's handshake and comes back to the page", async () => {
  const first = await fetch(`${platform.origin}/purchases?year=1834`, {
    headers: { Accept: "text/html", "Sec-Fetch-Dest": "document" },
    redirect: "manual",
  });
  expect(first.status).toBe(307);
  const handshake = new URL(first.headers.get("location") ?? "");
  expect(handshake.pathname).toBe("/__clerk/v1/client/handshake");
  const back = await fetch(handshake, { redirect: "manual" });
  expect(back.status).toBe(307);
  const returned = new URL(back.headers.get("location") ?? "");
  expect(returned.pathname + returned.search).toMatch(/^\/purchases\?year=1834&__clerk_handshake/);
});
