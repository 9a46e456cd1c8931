import { beforeAll, describe, expect, test } from "vitest";
import type { TokenRequest } from "../clerk/control/protocol.ts";
import { createCookieBrowser } from "../support/cookie-jar.ts";
import { usePlatform } from "../support/fixtures.ts";
import { sendRaw } from "../support/raw-request.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const CLERK_AUTHORIZED_PARTIES = "https://app.example/ com.example.courses://callback";
const platform = await usePlatform({ CLERK_AUTHORIZED_PARTIES });
let user: Awaited<ReturnType<typeof createSignedInUser>>;
beforeAll(async () => {
  user = await createSignedInUser(platform, { role: "admin" });
});

const mint = (request: Partial<TokenRequest>) =>
  platform.clerk.mintSessionToken({ sessionId: user.sessionId, ...request });

function withToken(token: string): Record<string, string> {
  const names = Object.keys(user.cookies);
  const isSession = (name: string) => name.startsWith("__session");
  return Object.fromEntries(
    names.map((name) => [name, isSession(name) ? token : (user.cookies[name] ?? "")]),
  );
}

const carriers: [string, (token: string) => Record<string, string>][] = [
  ["cookie", (token) => cookieHeader(withToken(token))],
  ["Bearer", (token) => ({ Authorization: `Bearer ${token}` })],
];

const ours = () => platform.origin;
const accepted: [string, () => Partial<TokenRequest>][] = [
  ["absent", () => ({ azp: null })],
  ["ours", () => ({ azp: ours() })],
  ["listed", () => ({ azp: "https://app.example" })],
  ["a listed native app", () => ({ azp: "com.example.courses://callback" })],
];
const rejected: [string, () => Partial<TokenRequest>][] = [
  ["foreign", () => ({ azp: "https://evil.example" })],
  ["a subdomain of ours", () => ({ azp: ours().replace("//", "//evil.") })],
  ["ours with a path", () => ({ azp: `${ours()}/` })],
  ["null", () => ({ claims: { azp: null } })],
  ["empty", () => ({ claims: { azp: "" } })],
  ["an array that contains ours", () => ({ claims: { azp: [ours()] } })],
  ["an empty array", () => ({ claims: { azp: [] } })],
  ["an object", () => ({ claims: { azp: { origin: ours() } } })],
  ["true", () => ({ claims: { azp: true } })],
];

describe.each(carriers)("a token as %s", (_, headersOf) => {
  const statuses = async (request: Partial<TokenRequest>) => {
    const headers = headersOf(await mint(request));
    const paths = ["/api/me", "/admin.data", "/api/me"];
    const responses = [];
    for (const path of paths) responses.push(await sendRaw({ origin: ours(), path, headers }));
    return responses.map(({ status }) => status);
  };

  test.each(accepted)("signs in if azp is %s", async (_, request) => {
    expect(await statuses(request())).toEqual([200, 200, 200]);
  });

  test.each(rejected)("does not sign in if azp is %s", async (_, request) => {
    expect(await statuses(request())).toEqual([401, 202, 401]);
  });

  test("does not sign in while its session is pending", async () => {
    expect(await statuses({ claims: { sts: "pending" } })).toEqual([401, 202, 401]);
    expect(await statuses({ claims: { sts: "active" } })).toEqual([200, 200, 200]);
  });
});

test.each(["/", "/dashboard"])(
  "a user with an expired token is signed in on %s after one handshake",
  async (path) => {
    const expired = await mint({ issuedAt: Math.floor(Date.now() / 1000) - 3_600 });
    const cookieBrowser = createCookieBrowser(platform.origin, withToken(expired));
    const hops = await cookieBrowser.open(path);
    const handshakes = hops.filter((hop) => hop.path.includes("/v1/client/handshake"));
    expect(handshakes).toHaveLength(1);
    expect(hops.at(-1)).toMatchObject({ path, status: 200 });
    expect(hops.at(-1)?.body).not.toContain('href="/sign-in');
    const [, payload = ""] = cookieBrowser.jar.get("__session")?.split(".") ?? [];
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).not.toHaveProperty("azp");
  },
);
