import { afterAll, beforeAll, expect, test } from "vitest";
import { type Platform, startPlatform } from "../support/platform.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const site = "https://courses.example";

let platform: Platform;
let secure: Platform;
let withSubdomains: Platform;
let cookies: Record<string, string>;
beforeAll(async () => {
  [platform, secure, withSubdomains] = await Promise.all([
    startPlatform(),
    startPlatform({ SERVER_URL: site }),
    startPlatform({ SERVER_URL: site, HSTS_INCLUDE_SUBDOMAINS: "true" }),
  ]);
  cookies = cookieHeader((await createSignedInUser(platform)).cookies);
});
afterAll(() => Promise.all([platform.close(), secure.close(), withSubdomains.close()]));

const visit = (path: string, init: RequestInit = {}) =>
  fetch(platform.origin + path, { redirect: "manual", ...init });

function directivesOf(response: { headers: { get(name: string): string | null } }) {
  const policy = response.headers.get("content-security-policy") ?? "";
  return Object.fromEntries(
    policy.split("; ").map((text) => {
      const [name = "", ...sources] = text.split(" ");
      return [name, sources];
    }),
  );
}

const nonceIn = (sources: readonly string[] = []) =>
  /^'nonce-(.{22,})'$/.exec(sources.find((source) => source.startsWith("'nonce-")) ?? "")?.[1];

test("a page allows only scripts of this site and scripts with its nonce", async () => {
  const response = await visit("/dashboard", { headers: cookies });
  const { "script-src": scripts, ...rest } = directivesOf(response);
  const nonce = nonceIn(scripts);
  expect(nonce).toBeDefined();
  expect(scripts).toEqual(["'self'", `'nonce-${nonce}'`]);
  expect(rest).toMatchObject({
    "default-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "connect-src": ["'self'"],
  });
  const tags = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
  expect(tags.length).toBeGreaterThan(2);
  for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
});

test("every response has its own nonce", async () => {
  const responses = await Promise.all(Array.from({ length: 20 }, () => visit("/")));
  const nonces = responses.map((response) => nonceIn(directivesOf(response)["script-src"]));
  expect(new Set(nonces).size).toBe(20);
});

const everything: [string, RequestInit][] = [
  ["/", {}],
  ["/dashboard", {}],
  ["/dashboard.data", {}],
  ["/nothing", {}],
  ["/admin%2fusers", {}],
  ["//dashboard", {}],
  ["/api/me", {}],
  ["/api/nothing", {}],
  ["/api/health", {}],
  ["/api/webhooks/clerk", { method: "POST", body: "x" }],
  ["/api/clerk/syncUsers", {}],
  ["/dashboard", { method: "OPTIONS" }],
  ["/dashboard", { method: "POST", headers: { Origin: "https://evil.example" } }],
  ["/__manifest?version=x&p=/admin", {}],
];

test.each(everything)("%s with %j has security headers", async (path, init) => {
  const { headers } = await visit(path, init);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(headers.get("permissions-policy")).toContain("camera=()");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin-allow-popups");
  expect(directivesOf({ headers })["frame-ancestors"]).toEqual(["'none'"]);
  expect(directivesOf({ headers })["script-src"] ?? []).not.toContain("'unsafe-inline'");
  expect(headers.get("strict-transport-security")).toBeNull();
});

test.each(["/dashboard", "/dashboard.data", "/api/me", "/api/clerk/syncUsers", "/", "/admin"])(
  "%s is never cached",
  async (path) => {
    for (const headers of [cookies, {}]) {
      const response = await visit(path, { headers });
      expect(response.headers.get("cache-control")).toBe("private, no-store");
    }
  },
);

test("HEAD matches GET without a body", async () => {
  for (const path of ["/dashboard", "/dashboard.data", "/api/me", "/admin", "/nothing"]) {
    const [get, head] = await Promise.all(
      ["GET", "HEAD"].map((method) => visit(path, { method, headers: cookies })),
    );
    expect(head?.status, path).toBe(get?.status);
    expect(head?.headers.get("content-type"), path).toBe(get?.headers.get("content-type"));
    expect(await head?.text(), path).toBe("");
  }
});

test("OPTIONS lists the allowed methods", async () => {
  const allowed = async (path: string) =>
    (await visit(path, { method: "OPTIONS" })).headers.get("allow");
  expect(await allowed("/api/me")).toBe("GET, HEAD, OPTIONS");
  expect(await allowed("/api/webhooks/clerk")).toBe("POST, OPTIONS");
  expect((await visit("/api/nothing", { method: "OPTIONS" })).status).toBe(404);
});

test("responses from Clerk through the proxy keep their headers", async () => {
  const response = await visit("/__clerk/v1/environment");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-security-policy")).toBeNull();
});

test("static files have nosniff and frame-ancestors headers", async () => {
  const { status, headers } = await visit("/favicon.svg");
  expect(status).toBe(200);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
});

test("every https response has an HSTS header", async () => {
  for (const path of ["/", "/api/health", "/nothing", "/api/nothing"]) {
    const { headers } = await secure.dispatch(site + path);
    expect(headers.get("strict-transport-security"), path).toBe("max-age=31536000");
  }
});

test("HSTS includes subdomains if the settings say so", async () => {
  for (const path of ["/", "/api/health", "/nothing", "/api/nothing"]) {
    const { headers } = await withSubdomains.dispatch(site + path);
    expect(headers.get("strict-transport-security"), path).toBe(
      "max-age=31536000; includeSubDomains",
    );
  }
});

test("static files do not override the HSTS of pages", async () => {
  const { status, headers } = await withSubdomains.dispatch(`${site}/favicon.svg`);
  expect(status).toBe(200);
  expect(headers.get("strict-transport-security")).toBeNull();
});

test("a page requested over http redirects to https on the canonical host", async () => {
  const response = await secure.dispatch("http://other.example/courses?a=1", {
    headers: { "X-Forwarded-Proto": "https", Host: "evil.example" },
  });
  expect(response.status).toBe(308);
  expect(response.headers.get("location")).toBe(`${site}/courses?a=1`);
});

test.each([
  ["GET", "/api/me"],
  ["GET", "/api/health"],
  ["GET", "/API/me"],
  ["GET", "//api/me"],
  ["POST", "/api/webhooks/clerk"],
  ["POST", "/admin"],
  ["POST", "/__clerk/v1/client"],
])("rejects %s %s over http", async (method, path) => {
  const response = await secure.dispatch(`http://courses.example${path}`, { method });
  expect(response.status).toBe(403);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  await expect.poll(() => secure.logLines.join("\n")).toContain('"reason":"insecure"');
});
