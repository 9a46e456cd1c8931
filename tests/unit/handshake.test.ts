import { expect, test, vi } from "vitest";
import { authenticate } from "../../app/clerk/verify-session.server.ts";
import { readEnvironment } from "../../app/env.server.ts";
import { normalizeRequest } from "../../app/http/request.server.ts";
import { deploymentOf } from "../clerk/deployment.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { openDatabase } from "../clerk/state/database.ts";
import { foreignSigningKey, loadSigningKey } from "../clerk/tokens/signing-key.ts";

/**
 * The cases of Clerk's own handshake tests (clerk/javascript, integration/tests/handshake.test.ts),
 * except satellite domains. Three things differ on purpose: forwarding headers are ignored, because
 * clients can set them; so are cookies beside a Bearer token; a handshake with an invalid signature
 * is removed, instead of an error page.
 */
const site = "https://www.example.test";
const key = loadSigningKey(openDatabase(":memory:"));
const foreignKey = foreignSigningKey();
const now = Math.floor(Date.now() / 1000);
const modes = { test: "development", live: "cname" } as const;
type Mode = keyof typeof modes;

const issuedAt = { active: now, expired: now - 600, early: now + 600 };
type TokenState = keyof typeof issuedAt;

function sessionToken(mode: Mode, state: TokenState): string {
  const iat = issuedAt[state];
  const iss = `https://${deploymentOf(modes[mode]).frontendApiHost}`;
  return key.sign({ iss, sub: "user_1", sid: "sess_1", iat, nbf: iat, exp: iat + 60, v: 2 });
}

interface Visit {
  mode: Mode;
  path?: string;
  cookies?: Record<string, string>;
  headers?: Record<string, string>;
  settings?: Record<string, string>;
}

async function visit({ mode, path = "/", cookies = {}, headers = {}, settings = {} }: Visit) {
  const environment = readEnvironment({
    ...localClerkEnvironment({
      clerkOrigin: "http://localhost:9",
      appOrigin: site,
      jwtKey: key.publicPem,
      setup: modes[mode],
    }),
    ...settings,
  });
  const all = mode === "test" ? { __clerk_db_jwt: "dvb_1", ...cookies } : cookies;
  const pairs = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  const request = new Request(site + path, {
    headers: { "Sec-Fetch-Dest": "document", Cookie: pairs.join("; "), ...headers },
  });
  return authenticate(normalizeRequest(request), environment);
}

const signedInAt = (mode: Mode, state: TokenState) => ({
  __session: sessionToken(mode, state),
  __client_uat: `${issuedAt[state]}`,
});

const bearer = (mode: Mode, state: TokenState) => ({
  Authorization: `Bearer ${sessionToken(mode, state)}`,
});

test.each<[string, Visit, "signed-in" | "signed-out"]>(
  (["test", "live"] as const).flatMap((mode): [string, Visit, "signed-in" | "signed-out"][] => [
    ["an active session", { mode, cookies: signedInAt(mode, "active") }, "signed-in"],
    ["an active Bearer token", { mode, headers: bearer(mode, "active") }, "signed-in"],
    ["a client without a session", { mode, cookies: { __client_uat: "0" } }, "signed-out"],
    ["no client", { mode }, "signed-out"],
  ]),
)("%s decides without a handshake: %o", async (_, about, kind) => {
  expect((await visit(about)).kind).toBe(kind);
});

const expired = "session-token-expired-refresh-non-eligible-no-refresh-cookie";
const early = "session-token-nbf";
const missing = "client-uat-but-no-session-token";
const proxied = { CLERK_PROXY_URL: "https://example.com/clerk" };
const forwarded = { "X-Forwarded-Host": "example.com:3213", "X-Forwarded-Proto": "https" };

test.each<[string, Visit, string?]>([
  [expired, { mode: "test", cookies: signedInAt("test", "expired") }],
  [expired, { mode: "live", cookies: signedInAt("live", "expired") }],
  [expired, { mode: "live", headers: bearer("live", "expired") }],
  [early, { mode: "test", cookies: signedInAt("test", "early") }],
  [early, { mode: "test", headers: bearer("test", "early") }],
  [missing, { mode: "test", cookies: { __client_uat: "1" } }],
  [missing, { mode: "live", cookies: { __client_uat: "1" } }],
  [missing, { mode: "test", cookies: { __client_uat: "1" }, path: "/hello?foo=bar" }],
  [missing, { mode: "live", cookies: { __client_uat: "1" }, path: "/hello?foo=bar" }],
  [missing, { mode: "test", cookies: { __client_uat: "1" }, headers: forwarded }],
  [missing, { mode: "live", cookies: { __client_uat: "1" }, headers: forwarded }],
  [missing, { mode: "test", cookies: { __client_uat: "1" }, settings: proxied }],
  [missing, { mode: "live", cookies: { __client_uat: "1" }, settings: proxied }],
  ["dev-browser-missing", { mode: "test", cookies: { __clerk_db_jwt: "" } }],
  ["dev-browser-sync", { mode: "test", path: "/?__clerk_db_jwt=dvb_2" }, "/"],
])("%s starts a handshake: %o", async (reason, about, path = about.path ?? "/") => {
  const result = await visit(about);
  const url = new URL(result.kind === "redirect" ? result.location : site);
  const host = `https://${deploymentOf(modes[about.mode]).frontendApiHost}`;
  const base = about.settings?.CLERK_PROXY_URL ?? host;
  expect(url.origin + url.pathname).toBe(`${base}/v1/client/handshake`);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    redirect_url: site + path,
    __clerk_hs_reason: reason,
    format: "nonce",
  });
  const devBrowser = new URL(about.path ?? "/", site).searchParams.get("__clerk_db_jwt");
  const hasCookies = about.headers?.Authorization === undefined;
  const isKnown = about.mode === "test" && reason !== "dev-browser-missing" && hasCookies;
  expect(url.searchParams.get("__clerk_db_jwt")).toBe(isKnown ? (devBrowser ?? "dvb_1") : null);
});

/** What Clerk returns: new cookies, signed. */
function handshakeResult(mode: Mode, state: TokenState, signer = key) {
  const cookies = [`__session=${sessionToken(mode, state)};path=/`, "foo=bar;path=/"];
  return { cookies, __clerk_handshake: signer.sign({ handshake: cookies }) };
}

test.each(["active", "early", "expired"] as const)(
  "in development, the result in the URL is removed by a redirect; the token is %s",
  async (state) => {
    vi.spyOn(console, "error").mockReturnValue();
    const { cookies, __clerk_handshake } = handshakeResult("test", state);
    const path = `/?a=1&__clerk_handshake=${__clerk_handshake}`;
    expect(await visit({ mode: "test", path })).toMatchObject({
      kind: "redirect",
      location: `${site}/?a=1`,
      cookies,
    });
  },
);

test("in development, a result of another instance is removed", async () => {
  const { __clerk_handshake } = handshakeResult("test", "active", foreignKey);
  const path = `/?__clerk_handshake=${__clerk_handshake}`;
  expect(await visit({ mode: "test", path })).toMatchObject({
    kind: "redirect",
    location: `${site}/`,
    cookies: [],
    rejected: ["__clerk_handshake"],
  });
});

test("in production, the result in a cookie signs in at once", async () => {
  const { cookies, __clerk_handshake } = handshakeResult("live", "active");
  expect(await visit({ mode: "live", cookies: { __clerk_handshake } })).toMatchObject({
    kind: "signed-in",
    cookies,
  });
});

test("in production, a stale result leads to another handshake if the session has expired", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  const { __clerk_handshake } = handshakeResult("live", "expired");
  const cookies = { ...signedInAt("live", "expired"), __clerk_handshake };
  const { kind } = await visit({ mode: "live", cookies });
  expect(kind).toBe("redirect");
});

test.each([
  ["early", key],
  ["active", foreignKey],
] as const)("in production, an invalid result is ignored (%s)", async (state, signer) => {
  vi.spyOn(console, "error").mockReturnValue();
  const { __clerk_handshake } = handshakeResult("live", state, signer);
  expect(await visit({ mode: "live", cookies: { __clerk_handshake } })).toMatchObject({
    kind: "signed-out",
    rejected: ["__clerk_handshake"],
  });
});
