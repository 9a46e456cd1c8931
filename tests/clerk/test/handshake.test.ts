import { describe, expect, it } from "vitest";
import { deploymentOf } from "../deployment.ts";
import { appOrigin, openBrowser, startClerk } from "./support.ts";

const { cookieSuffix } = deploymentOf("local");

type Clerk = Awaited<ReturnType<typeof startClerk>>;

/** A browser's document request with these cookies. */
function documentRequest(path: string, cookies: Record<string, string>): Request {
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return new Request(new URL(path, appOrigin), {
    headers: { accept: "text/html", "sec-fetch-dest": "document", cookie: cookie.join("; ") },
  });
}

function authenticate(clerk: Clerk, request: Request) {
  return clerk.backend.authenticateRequest(request, {
    proxyUrl: clerk.origin,
    authorizedParties: [appOrigin],
  });
}

/** Follows the handshake like a browser until the session state is known. */
async function load(clerk: Clerk, path: string, cookies: Record<string, string>) {
  const jar = { ...cookies };
  const first = await authenticate(clerk, documentRequest(path, jar));
  if (first.status !== "handshake") return { state: first, jar, handshakes: 0 };
  const handshakeUrl = first.headers.get("location") ?? "";
  const redirect = await fetch(handshakeUrl, { redirect: "manual" });
  expect(redirect.status).toBe(307);
  const back = new URL(redirect.headers.get("location") ?? "");
  const second = await authenticate(clerk, documentRequest(back.pathname + back.search, jar));
  expect(second.headers.get("location")).toBe(new URL(path, appOrigin).href);
  for (const line of second.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) jar[name] = value;
  }
  return { state: await authenticate(clerk, documentRequest(path, jar)), jar, handshakes: 1 };
}

describe("the handshake, through the SDK's authenticateRequest", () => {
  it("registers a new browser as signed out", async () => {
    const clerk = await startClerk();
    const { state, jar, handshakes } = await load(clerk, "/courses?page=2", {});
    expect(handshakes).toBe(1);
    expect(state.status).toBe("signed-out");
    expect(jar.__clerk_db_jwt).toMatch(/^dvb_/);
    expect(jar[`__clerk_db_jwt_${cookieSuffix}`]).toBe(jar.__clerk_db_jwt);
    expect(jar.__client_uat).toBe("0");
  });

  it("renews the expired token of a returning browser", async () => {
    const clerk = await startClerk();
    const user = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const session = await clerk.control.createSession({ userId: user.id, appOrigin });
    const expired = await clerk.control.mintSessionToken({
      sessionId: session.sessionId,
      azp: appOrigin,
      issuedAt: Math.floor(Date.now() / 1000) - 3600,
    });
    const stale = { __session: expired, [`__session_${cookieSuffix}`]: expired };
    const { state, handshakes } = await load(clerk, "/", { ...session.cookies, ...stale });
    expect(handshakes).toBe(1);
    expect(state.toAuth()).toMatchObject({ userId: user.id, sessionId: session.sessionId });
  });

  it("is not needed with the cookies of an active session", async () => {
    const clerk = await startClerk();
    const user = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const { cookies } = await clerk.control.createSession({ userId: user.id, appOrigin });
    const { state, handshakes } = await load(clerk, "/", cookies);
    expect(handshakes).toBe(0);
    expect(state.status).toBe("signed-in");
  });

  it("returns the same cookies to every loader that redeems the nonce", async () => {
    const clerk = await startClerk();
    const url = `${clerk.origin}/v1/client/handshake?format=nonce&redirect_url=${appOrigin}/x`;
    const redirect = await fetch(url, { redirect: "manual" });
    const back = new URL(redirect.headers.get("location") ?? "");
    const nonce = back.searchParams.get("__clerk_handshake_nonce") ?? "";
    const redeem = () => clerk.backend.clients.getHandshakePayload({ nonce });
    const [first, second] = await Promise.all([redeem(), redeem()]);
    expect(first.directives).toEqual(second.directives);
    expect(first.directives).toHaveLength(6);
  });

  it.each(["http", "https"])("sets host-only cookies that links send, on %s", async (scheme) => {
    const clerk = await startClerk();
    const url = `${clerk.origin}/v1/client/handshake?format=nonce&redirect_url=${scheme}://localhost/x`;
    const redirect = await fetch(url, { redirect: "manual" });
    const back = new URL(redirect.headers.get("location") ?? "");
    const nonce = back.searchParams.get("__clerk_handshake_nonce") ?? "";
    const { directives } = await clerk.backend.clients.getHandshakePayload({ nonce });
    for (const directive of directives) {
      expect(directive).toContain("; SameSite=Lax");
      expect(directive).not.toContain("Domain=");
      expect(directive.includes("; Secure")).toBe(scheme === "https");
    }
  });

  it("expires the nonce after 30 seconds", async () => {
    let now = Date.now();
    const clerk = await startClerk({ clock: { now: () => now } });
    const url = `${clerk.origin}/v1/client/handshake?format=nonce&redirect_url=${appOrigin}/x`;
    const redirect = await fetch(url, { redirect: "manual" });
    const back = new URL(redirect.headers.get("location") ?? "");
    const nonce = back.searchParams.get("__clerk_handshake_nonce") ?? "";
    now += 31_000;
    await expect(clerk.backend.clients.getHandshakePayload({ nonce })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("answers GET only, and returns a signed token unless a nonce is requested", async () => {
    const clerk = await startClerk();
    const url = `${clerk.origin}/v1/client/handshake?redirect_url=${appOrigin}/save`;
    expect((await fetch(url, { method: "POST", redirect: "manual" })).status).toBe(404);
    const redirect = await fetch(url, { redirect: "manual" });
    expect(redirect.status).toBe(307);
    const back = new URL(redirect.headers.get("location") ?? "");
    expect(back.searchParams.get("__clerk_handshake")).toMatch(/^ey/);
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "http://localhost@evil.example/",
    "http://localhost.evil.example/",
    "/relative",
    "",
  ])("rejects the redirect URL %j", async (target) => {
    const clerk = await startClerk();
    const url = new URL("/v1/client/handshake", clerk.origin);
    url.searchParams.set("redirect_url", target);
    const redirect = await fetch(url, { redirect: "manual" });
    expect(redirect.status).toBe(422);
    expect(redirect.headers.get("location")).toBeNull();
  });

  it("omits the authorized party, because navigations have no Origin header", async () => {
    const clerk = await startClerk();
    const user = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const { cookies } = await clerk.control.createSession({ userId: user.id, appOrigin });
    const { __session: _, [`__session_${cookieSuffix}`]: __, ...rest } = cookies;
    const { state } = await load(clerk, "/", rest);
    expect(state.toAuth()).toMatchObject({ userId: user.id });
    expect(state.toAuth()?.sessionClaims).not.toHaveProperty("azp");
  });

  it.each([
    ["https://app.localhost:9999", "https://app.localhost:9999"],
    ["null", undefined],
    [undefined, undefined],
  ])("takes the authorized party from the Origin header %s", async (origin, azp) => {
    const clerk = await startClerk();
    await clerk.control.createUser({ emailAddresses: ["a@b.co"], password: "long enough" });
    const browser = await openBrowser(clerk.origin);
    const session = await browser.signIn("a@b.co", "long enough");
    const url = new URL(`/v1/client/sessions/${session.id}/tokens`, clerk.origin);
    url.searchParams.set("__clerk_db_jwt", browser.devBrowserId);
    const headers = {
      "x-forwarded-host": "proxy.localhost:9999",
      ...(origin !== undefined && { origin }),
    };
    const response: unknown = await (await fetch(url, { method: "POST", headers })).json();
    const payload = JSON.stringify(response).split(".")[1] ?? "";
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(claims).toHaveProperty("sub");
    if (azp === undefined) expect(claims).not.toHaveProperty("azp");
    else expect(claims).toMatchObject({ azp });
  });
});
