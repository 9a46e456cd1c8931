import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { clerkJsVersion, localClerkKeys } from "../clerk/environment.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { sendRaw } from "../support/raw-request.ts";

interface ReceivedRequest {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const elsewhere = "https://elsewhere.example/";
const received: ReceivedRequest[] = [];
/** A fake Frontend API that records requests and responds with a redirect (`to`) and cookies. */
const frontendApi = createServer(async (request, response) => {
  const { method, url, headers } = request;
  received.push({ method, url, headers, body: await text(request) });
  response.writeHead(307, {
    Location: new URL(url ?? "", "http://localhost").searchParams.get("to") ?? elsewhere,
    "Set-Cookie": ["__client=abc; HttpOnly", "__client_uat=1"],
    "Strict-Transport-Security": "max-age=1; includeSubDomains; preload",
  });
  response.end("moved");
});

let platform: Platform;
let frontendApiOrigin: string;
beforeAll(async () => {
  frontendApi.listen(0, "127.0.0.1");
  await once(frontendApi, "listening");
  const { port } = z.object({ port: z.number() }).parse(frontendApi.address());
  frontendApiOrigin = `http://127.0.0.1:${port}`;
  platform = await startPlatform({ CLERK_FAPI_URL: frontendApiOrigin });
});
afterAll(async () => {
  await platform.close();
  frontendApi.close();
});

async function sendThroughProxy(
  path: string,
  init: RequestInit = {},
): Promise<{ response: Response; arrived: ReceivedRequest }> {
  const response = await fetch(`${platform.origin}${path}`, { redirect: "manual", ...init });
  const arrived = received.at(-1);
  if (!arrived) throw new Error("Nothing arrived");
  return { response, arrived };
}

test("forwards method, path, query and body unchanged and adds Clerk's proxy headers", async () => {
  const { arrived } = await sendThroughProxy("/__clerk/v1/client?_method=DELETE&x=%2F", {
    method: "POST",
    body: "a=1",
  });
  expect(arrived).toMatchObject({
    method: "POST",
    url: "/v1/client?_method=DELETE&x=%2F",
    body: "a=1",
  });
  expect(arrived.headers).toMatchObject({
    "clerk-proxy-url": `${platform.origin}/__clerk`,
    "clerk-secret-key": localClerkKeys.secretKey,
    "x-forwarded-host": new URL(platform.origin).host,
    "x-forwarded-proto": "http",
  });
});

test("removes proxy headers that a browser sends", async () => {
  const { arrived } = await sendThroughProxy("/__clerk/v1/client", {
    headers: {
      "Clerk-Proxy-Url": "https://evil.example",
      "Clerk-Secret-Key": "sk_test_mine",
      "X-Forwarded-For": "6.6.6.6",
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Port": "666",
      Forwarded: "for=6.6.6.6;host=evil.example",
      "X-Real-IP": "6.6.6.6",
      "True-Client-IP": "6.6.6.6",
      "X-Client-IP": "6.6.6.6",
      "X-Cluster-Client-IP": "6.6.6.6",
      "X-Forwarded-Server": "evil.example",
    },
  });
  expect(arrived.headers).not.toHaveProperty("x-forwarded-port");
  expect(JSON.stringify(arrived.headers)).not.toMatch(/evil\.example|sk_test_mine|6\.6\.6\.6/);
});

test("tells Clerk the address that Cloudflare saw", async () => {
  const headers = { "CF-Connecting-IP": "192.0.2.7" };
  const { arrived } = await sendThroughProxy("/__clerk/v1/client", { headers });
  expect(arrived.headers).toMatchObject({ "x-forwarded-for": "192.0.2.7" });
});

test("rejects TRACE, because its response would show the secret key", async () => {
  const before = received.length;
  const { origin } = platform;
  const response = await sendRaw({ origin, path: "/__clerk/v1/client", method: "TRACE" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).not.toContain("TRACE");
  expect(response.body).not.toContain(localClerkKeys.secretKey);
  expect(received).toHaveLength(before);
});

test("returns status, cookies and body unchanged, without Clerk's HSTS", async () => {
  const { response } = await sendThroughProxy("/__clerk/v1/client/handshake");
  expect(response.status).toBe(307);
  expect(response.headers.getSetCookie()).toEqual(["__client=abc; HttpOnly", "__client_uat=1"]);
  expect(await response.text()).toBe("moved");
  expect(response.headers.get("strict-transport-security")).toBeNull();
});

const redirectFrom = async (path: string, to: string) => {
  const { response } = await sendThroughProxy(`${path}?to=${encodeURIComponent(to)}`);
  return response.headers.get("location");
};

test("rewrites redirects within the Frontend API to the proxy", async () => {
  const target = `${platform.origin}/__clerk/npm/b.js?x=1&y=%2F#top`;
  const { host } = new URL(frontendApiOrigin);
  for (const to of [
    "/npm/b.js?x=1&y=%2F#top",
    "b.js?x=1&y=%2F#top",
    `//${host}/npm/b.js?x=1&y=%2F#top`,
    `${frontendApiOrigin}/npm/b.js?x=1&y=%2F#top`,
    `https://${host}/npm/b.js?x=1&y=%2F#top`,
  ]) {
    expect(await redirectFrom("/__clerk/npm/a.js", to), to).toBe(target);
  }
  const hostile = `${frontendApiOrigin}//evil.example/`;
  expect(await redirectFrom("/__clerk", hostile)).toBe(`${platform.origin}/__clerk//evil.example/`);
});

test("returns other and invalid redirects unchanged", async () => {
  for (const to of [
    elsewhere,
    "//elsewhere.example/",
    `${platform.origin}/dashboard`,
    "http://[",
  ]) {
    expect(await redirectFrom("/__clerk/v1/client/handshake", to)).toBe(to);
  }
});

test("keeps the redirect to the exact version of ClerkJS inside the proxy", async () => {
  const site = await startPlatform();
  onTestFinished(() => site.close());
  const folder = `${site.origin}/__clerk/npm/@clerk`;
  for (const redirect of ["relative", "absolute"] as const) {
    await site.clerk.updateSettings({ clerkJs: { redirect } });
    const url = `${folder}/clerk-js@5/dist/clerk.browser.js`;
    const moved = await fetch(url, { redirect: "manual" });
    expect(moved.status).toBe(307);
    const exact = `${folder}/clerk-js@${clerkJsVersion}/dist/clerk.browser.js`;
    expect(moved.headers.get("location")).toBe(exact);
    const script = await fetch(exact);
    expect(script.headers.get("content-type")).toContain("javascript");
    await script.body?.cancel();
  }
});

test.each(["/__clerk//evil.example/x", "/__clerk/@evil.example/", "/__clerk/\\evil.example"])(
  "%s is sent to Clerk's host",
  async (path) => {
    const before = received.length;
    await sendThroughProxy(path);
    expect(received).toHaveLength(before + 1);
  },
);

test.each(["/__clerkx", "/x/__clerk", "/__clerk/../dashboard"])(
  "%s is not forwarded",
  async (path) => {
    const before = received.length;
    await fetch(`${platform.origin}${path}`, { redirect: "manual" });
    expect(received).toHaveLength(before);
  },
);
