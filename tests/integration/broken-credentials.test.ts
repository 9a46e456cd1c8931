import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createCookieBrowser, type Hop } from "../support/cookie-jar.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { sendRaw } from "../support/raw-request.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const header = encode({ alg: "RS256", kid: "local-clerk-key", typ: "JWT" });

/** Tokens that cannot be parsed. */
const brokenTokens: Record<string, string> = {
  "three letters": "a.b.c",
  "one part": "abc",
  "truncated claims": `${header}.eyJzdWIiOiJ1c2Vy`,
  "a payload of null": `${header}.${encode(null)}.c2ln`,
  "a payload that is a list": `${header}.${encode([])}.c2ln`,
  "a header of null": `${encode(null)}.${encode({ sub: "user_1" })}.c2ln`,
  "no key id": `${encode({ alg: "RS256" })}.${encode({ sub: "user_1" })}.c2ln`,
  "a long key id": `${encode({ alg: "RS256", kid: "k".repeat(101) })}.${encode({})}.c2ln`,
  "an issuer that is a number": `${header}.${encode({ iss: 1, iat: 1 })}.c2ln`,
  "bytes that are not UTF-8": "%E9.%E9.%E9",
  "an encoded second cookie": "x%3B%20__session%3Da.b.c",
  "letters outside ASCII": "\xe9\xff",
  "nothing at all": "",
};

/** Cookies that other sites on the same domain may set. */
const foreignCookies: Record<string, string> = {
  "not UTF-8": "visitor=Andr%E9",
  "half an escape": "visitor=100%",
  "an invalid escape": "visitor=%ZZ",
  "raw bytes": "visitor=\xff\xfe",
  "an escaped session cookie": "visitor=1%3B%20__session%3Da.b.c",
  "no name": "=x",
  "a name that objects inherit": "__proto__=x; constructor=y",
};

const cleared = (name: string) => `${name}=; Path=/; Max-Age=0; SameSite=Lax`;

const pages = ["/", "/sign-in", "/dashboard", "/no-such-page"];

describe.each([
  ["a development instance", "local", {}],
  ["a production instance", "proxy", {}],
  ["a production instance and no JWT key", "proxy", { CLERK_JWT_KEY: "" }],
] as const)("with %s", (_, clerkSetup, settings) => {
  let platform: Platform;
  let user: Awaited<ReturnType<typeof createSignedInUser>>;
  beforeAll(async () => {
    platform = await startPlatform(settings, { clerkSetup });
    user = await createSignedInUser(platform);
  });
  afterAll(() => platform.close());

  /** Sends a request with a unique id and waits for the log line of its rejection. */
  async function sendRejected(path: string, headers: Record<string, string>) {
    const id = crypto.randomUUID();
    const response = await sendRaw({
      origin: platform.origin,
      path,
      headers: { ...headers, "CF-Ray": id },
    });
    const lines = () => rejections().filter((line) => line.includes(id));
    await vi.waitFor(() => expect(lines()).not.toEqual([]));
    expect(lines()).toHaveLength(1);
    return { ...response, line: lines()[0] };
  }

  const rejections = () => platform.logLines.filter((line) => line.includes('"session.rejected"'));

  const signedIn = () => cookieHeader(user.cookies).Cookie;
  const profile = (Cookie = "") =>
    sendRaw({ origin: platform.origin, path: "/api/me", headers: { Cookie } });

  const withSession = (token: string) => ({
    ...Object.fromEntries(
      Object.entries(user.cookies).filter(([name]) => !name.startsWith("__session_")),
    ),
    __session: token,
  });

  function expectOpened(hops: Hop[], path: string): void {
    expect(hops.map(({ status }) => status)).not.toContain(500);
    expect(hops.at(-1)?.path.replace(/\?__clerk_.*/, "")).toBe(path);
    expect(hops.at(-1)?.status).toBe(200);
  }

  test.each(Object.entries(foreignCookies))(
    "ignores a cookie of another site: %s",
    async (_, cookie) => {
      expect((await profile(`${signedIn()}; ${cookie}`)).status).toBe(200);
      expect((await profile(`${cookie}; ${signedIn()}`)).status).toBe(200);
      for (const path of pages) {
        for (const accept of ["*/*", "text/html"]) {
          const headers = { Cookie: cookie, Accept: accept };
          const { status } = await sendRaw({ origin: platform.origin, path, headers });
          expect(status, path).toBeLessThan(500);
        }
      }
    },
  );

  test.each(Object.entries(brokenTokens))(
    "treats a session cookie with %s as missing: the handshake restores the session",
    async (_, token) => {
      const cookieBrowser = createCookieBrowser(platform.origin, withSession(token));
      const hops = await cookieBrowser.open("/dashboard");
      expect(hops[0]?.status).toBe(307);
      expect(hops[1]?.path).toMatch(/^\/__clerk\/v1\/client\/handshake/);
      expectOpened(hops, "/dashboard");
      expect(cookieBrowser.jar.get("__session")).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    },
  );

  test.each(Object.entries(brokenTokens))(
    "clears and logs a session cookie with %s and no session",
    async (_, token) => {
      for (const name of ["__session", "__session_abcdefgh"]) {
        const headers = { Cookie: `${name}=${token}; __client_uat=0` };
        const { status, headers: responseHeaders, line } = await sendRejected("/api/me", headers);
        expect(status).toBe(401);
        expect(responseHeaders.getSetCookie()).toEqual([cleared(name)]);
        expect(line).toContain('"credentials":"__session"');
      }
    },
  );

  test("ignores a broken session cookie next to a valid one", async () => {
    expect((await profile(`__session=a.b.c; ${signedIn()}`)).status).toBe(200);
    expect((await profile(`${signedIn()}; __session_abcdefgh=a.b.c`)).status).toBe(200);
  });

  const foreignTokens = {
    "a wrong signature": () =>
      platform.clerk.mintSessionToken({ sessionId: user.sessionId, key: "foreign" }),
    "an unknown key id": () =>
      user.token.replace(header, encode({ alg: "RS256", kid: "unknown", typ: "JWT" })),
  };

  test.each(Object.entries(foreignTokens))(
    "clears a session cookie with %s; the next page restores it",
    async (_, mint) => {
      const foreign = await mint();
      const headers = cookieHeader(withSession(foreign));
      const { status, headers: responseHeaders } = await sendRejected("/api/me", headers);
      expect(status).toBe(401);
      expect(responseHeaders.getSetCookie()).toEqual([cleared("__session")]);
      const cookieBrowser = createCookieBrowser(platform.origin, withSession(foreign));
      const [first] = await cookieBrowser.open("/");
      expect(first?.status).toBe(200);
      expect(cookieBrowser.jar.has("__session")).toBe(false);
      expectOpened(await cookieBrowser.open("/dashboard"), "/dashboard");
    },
  );

  const unsigned = `${header}.${encode({ handshake: ["__session=x"] })}.c2ln`;

  test.each([
    ["a handshake that is not a token", "__clerk_handshake=abc"],
    ["an empty handshake", "__clerk_handshake="],
    ["a handshake of null", `__clerk_handshake=${header}.${encode(null)}.c2ln`],
    ["a handshake with an invalid signature", `__clerk_handshake=${unsigned}`],
    ["an escape that is not UTF-8", "__clerk_handshake=%E9"],
    ["an unknown nonce", "__clerk_handshake_nonce=abc"],
    ["a handshake with a nonce", "__clerk_handshake=abc&__clerk_handshake_nonce=abc"],
    ["a satellite's return URL", "__clerk_redirect_url=abc"],
    [
      "a satellite's return URL on another site",
      "__clerk_redirect_url=https%3A%2F%2Fevil.example%2F",
    ],
  ])("removes %s with a redirect and logs it", async (_, parameters) => {
    for (const headers of [cookieHeader(user.cookies), { Accept: "text/html" }]) {
      const response = await sendRejected(`/?a=1&${parameters}`, headers);
      expect(response.status).toBe(307);
      expect(response.headers.get("location")).toBe(`${platform.appOrigin}/?a=1`);
      expect(response.line).not.toContain("evil");
    }
    const cookieBrowser = createCookieBrowser(platform.origin, user.cookies);
    expectOpened(await cookieBrowser.open(`/dashboard?${parameters}`), "/dashboard");
  });

  test.each([
    ["no token", "__clerk_handshake", "abc"],
    ["a token with an invalid signature", "__clerk_handshake", unsigned],
    ["an unknown nonce", "__clerk_handshake_nonce", "abc"],
  ])("ignores and clears a handshake cookie with %s", async (_, name, value) => {
    const headers = { Cookie: `${signedIn()}; ${name}=${value}` };
    const response = await sendRejected("/api/me", headers);
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([cleared(name)]);
  });

  test("does not log normal visits as rejections", async () => {
    await createCookieBrowser(platform.origin).open("/");
    await createCookieBrowser(platform.origin, user.cookies).open("/dashboard");
    const lines = rejections().length;
    await sendRejected("/api/me", { Cookie: "__session=a.b.c" });
    expect(rejections()).toHaveLength(lines + 1);
  });
});
