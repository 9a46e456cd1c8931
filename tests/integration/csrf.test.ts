import { beforeAll, expect, test } from "vitest";
import { usePlatform } from "../support/fixtures.ts";
import { sendRaw } from "../support/raw-request.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform();
let cookies: Record<string, string>;
let bearer: Record<string, string>;
beforeAll(async () => {
  const user = await createSignedInUser(platform, { role: "admin" });
  cookies = cookieHeader(user.cookies);
  bearer = { Authorization: `Bearer ${user.token}` };
});

type Headers = Record<string, string>;
const write = async (method: string, path: string, headers: Headers) =>
  (await sendRaw({ origin: platform.origin, path, method, headers })).status;

const evil = "https://evil.example";
const hostile: [string, Headers][] = [
  ["another site in a new browser", { Origin: evil, "Sec-Fetch-Site": "cross-site" }],
  ["another site in an old browser", { Origin: evil }],
  ["another site that hides its origin", { Origin: "null" }],
  [
    "another site that hides it, in a new browser",
    { Origin: "null", "Sec-Fetch-Site": "cross-site" },
  ],
  ["a page of a sibling domain", { "Sec-Fetch-Site": "same-site" }],
  ["the same host by another scheme", { Origin: "https://localhost" }],
  ["a site whose headers disagree", { Origin: evil, "Sec-Fetch-Site": "same-origin" }],
  ["a site with a forged proxy header", { Origin: evil, "X-Forwarded-Host": "evil.example" }],
  ["an unknown client", {}],
];

/** None of these routes accepts writes: requests that pass the check get 405. */
const targets = [
  "/dashboard",
  "/dashboard.data",
  "/admin/users",
  "/api/me",
  "/api/clerk/syncUsers",
  "/",
];

test.each(hostile)("rejects a write with cookies from %s", async (_, headers) => {
  for (const path of targets) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const status = await write(method, path, { ...cookies, ...headers });
      expect(status, `${method} ${path}`).toBe(403);
    }
  }
});

test("accepts a write from this site with either header or both", async () => {
  const own: Headers[] = [
    { Origin: platform.origin },
    { "Sec-Fetch-Site": "same-origin" },
    { Origin: platform.origin, "Sec-Fetch-Site": "same-origin" },
  ];
  for (const headers of own) {
    for (const path of targets) {
      expect(await write("POST", path, { ...cookies, ...headers }), path).toBe(405);
    }
  }
});

test("accepts a Bearer token from any origin", async () => {
  expect(await write("POST", "/api/me", bearer)).toBe(405);
  expect(await write("POST", "/api/me", { ...bearer, "Sec-Fetch-Site": "cross-site" })).toBe(405);
});

test.each(["bearer", "BEARER", "bEaReR "])(
  "accepts the scheme %s as Bearer in the check and in authentication",
  async (scheme) => {
    const [, token] = bearer.Authorization?.split(" ") ?? [];
    const headers = { Authorization: `${scheme} ${token}`, Origin: evil };
    expect(await write("POST", "/api/me", headers)).toBe(405);
    const read = await sendRaw({ origin: platform.origin, path: "/api/me", headers });
    expect(read.status).toBe(200);
  },
);

test.each(["Token ", "", "Bearer:", "Bearer"])(
  "does not accept a token after %j as a Bearer token",
  async (scheme) => {
    const [, token] = bearer.Authorization?.split(" ") ?? [];
    const headers = { Authorization: `${scheme}${token}` };
    const read = await sendRaw({ origin: platform.origin, path: "/api/me", headers });
    expect(read.status).toBe(401);
    expect(await write("POST", "/api/me", { ...cookies, ...headers, Origin: evil })).toBe(403);
  },
);

test("a write without cookies gets 401 instead", async () => {
  expect(await write("POST", "/api/me", {})).toBe(401);
});

test.each([evil, "null", "text/html", ""])("the origin %j does not cause a 500", async (Origin) => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    for (const path of ["/nowhere", "/nowhere.data"]) {
      const status = await write(method, path, { ...cookies, Origin });
      expect([404, 405], `${method} ${path}`).toContain(status);
    }
    for (const path of ["/dashboard", "/dashboard.data"]) {
      const expected = method === "OPTIONS" ? 204 : 405;
      expect(await write(method, path, { ...bearer, Origin }), `${method} ${path}`).toBe(expected);
    }
  }
});

test("an empty Bearer token does not skip the check for cookies", async () => {
  const headers = { ...cookies, Authorization: "Bearer ", Origin: evil };
  expect(await write("POST", "/api/me", headers)).toBe(403);
});

test("accepts a signed webhook with any origin", async () => {
  const body = clerkEvent("user.created", { id: "user_from_elsewhere" });
  const headers = { Origin: evil, "Sec-Fetch-Site": "cross-site" };
  expect((await postWebhook({ origin: platform.origin, body, headers })).status).toBe(200);
});

test("allows reads from another site", async () => {
  const { status } = await sendRaw({
    origin: platform.origin,
    path: "/dashboard",
    headers: { ...cookies, Origin: evil, "Sec-Fetch-Site": "cross-site" },
  });
  expect(status).toBe(200);
});
