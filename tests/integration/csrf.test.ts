import { beforeAll, expect, test } from "vitest";
import { usePlatform } from "../support/fixtures.ts";
import { sendRaw } from "../support/raw-request.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform();
let cookies: Record<string, string>;
let bearer: Record<string, string>;
beforeAll(async () => {
  const person = await createSignedInUser(platform, { role: "admin" });
  cookies = cookieHeader(person.cookies);
  bearer = { Authorization: `Bearer ${person.token}` };
});

type Headers = Record<string, string>;
const write = async (method: string, path: string, headers: Headers) =>
  (await sendRaw({ origin: platform.origin, path, method, headers })).status;

const evil = "https://evil.example";
const hostile: [string, Headers][] = [
  ["another site, as new browsers say it", { Origin: evil, "Sec-Fetch-Site": "cross-site" }],
  ["another site, as old browsers say it", { Origin: evil }],
  ["another site that hides its origin", { Origin: "null" }],
  [
    "another site that hides it, in a new browser",
    { Origin: "null", "Sec-Fetch-Site": "cross-site" },
  ],
  ["a page of a sibling domain", { "Sec-Fetch-Site": "same-site" }],
  ["the same host by another scheme", { Origin: "https://localhost" }],
  ["a site whose headers disagree", { Origin: evil, "Sec-Fetch-Site": "same-origin" }],
  ["a site behind a proxy's word", { Origin: evil, "X-Forwarded-Host": "evil.example" }],
  ["no browser one could tell", {}],
];

/** Pages, their data, resource routes; none of them answers writes, so whatever passes the door gets 405. */
const targets = [
  "/dashboard",
  "/dashboard.data",
  "/admin/users",
  "/api/me",
  "/api/clerk/syncUsers",
  "/",
];

test.each(hostile)("a write with cookies from %s is refused", async (_, headers) => {
  for (const path of targets) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const status = await write(method, path, { ...cookies, ...headers });
      expect(status, `${method} ${path}`).toBe(403);
    }
  }
});

test("a write from this site passes the door, with either header or both", async () => {
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

test("a Bearer token is proof enough, wherever the program runs", async () => {
  expect(await write("POST", "/api/me", bearer)).toBe(405);
  expect(await write("POST", "/api/me", { ...bearer, "Sec-Fetch-Site": "cross-site" })).toBe(405);
});

test.each(["bearer", "BEARER", "bEaReR "])(
  "the scheme %s is as good as Bearer for the check and for the session",
  async (scheme) => {
    const [, token] = bearer.Authorization?.split(" ") ?? [];
    const headers = { Authorization: `${scheme} ${token}`, Origin: evil };
    expect(await write("POST", "/api/me", headers)).toBe(405);
    const read = await sendRaw({ origin: platform.origin, path: "/api/me", headers });
    expect(read.status).toBe(200);
  },
);

test.each(["Token ", "", "Bearer:", "Bearer"])(
  "a token behind %j is no Bearer token for the check nor for the session",
  async (scheme) => {
    const [, token] = bearer.Authorization?.split(" ") ?? [];
    const headers = { Authorization: `${scheme}${token}` };
    const read = await sendRaw({ origin: platform.origin, path: "/api/me", headers });
    expect(read.status).toBe(401);
    expect(await write("POST", "/api/me", { ...cookies, ...headers, Origin: evil })).toBe(403);
  },
);

test("without cookies there is nothing to misuse: the session is asked for", async () => {
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

test("an empty Bearer does not open the door to the cookies behind it", async () => {
  const headers = { ...cookies, Authorization: "Bearer ", Origin: evil };
  expect(await write("POST", "/api/me", headers)).toBe(403);
});

test("a webhook is let in by its signature, whatever site it says it is from", async () => {
  const body = clerkEvent("user.created", { id: "user_from_elsewhere" });
  const headers = { Origin: evil, "Sec-Fetch-Site": "cross-site" };
  expect((await postWebhook({ origin: platform.origin, body, headers })).status).toBe(200);
});

test("reading from another site is a visit like any other", async () => {
  const { status } = await sendRaw({
    origin: platform.origin,
    path: "/dashboard",
    headers: { ...cookies, Origin: evil, "Sec-Fetch-Site": "cross-site" },
  });
  expect(status).toBe(200);
});
