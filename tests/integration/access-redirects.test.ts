import fc from "fast-check";
import { expect, test } from "vitest";
import { mapConcurrently } from "../support/concurrency.ts";
import { useSite } from "../support/fixtures.ts";
import { sendRaw } from "../support/raw-request.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await useSite();

const syncUsers = "/api/clerk/syncUsers";
const visit = (path: string, headers: Record<string, string> = {}) =>
  sendRaw({ origin: platform.origin, path, headers });

/** The origin of a redirect, resolved against this site. */
function originOf(location: string | null): string {
  return new URL(location ?? "", platform.origin).origin;
}

const pieces = ["/", "\\", "//", "/./", "/../", "\t", "\n", ".", "@", ":", "%2f", "%5c", "?", "#"];
const target = fc
  .array(fc.constantFrom(...pieces, "evil.example", "http", "https:", "javascript:", "x"), {
    maxLength: 8,
  })
  .map((parts) => parts.join(""));
const targets = fc.oneof(target, fc.webUrl(), fc.string(), fc.string({ unit: "binary" }));

test("syncUsers redirects to a path on this site for any target", async () => {
  // The rate limit is 30 requests per user and minute.
  const people = await Promise.all(Array.from({ length: 20 }, () => createSignedInUser(platform)));
  const texts = fc.sample(targets, people.length * 25);
  const responses = await mapConcurrently(texts, 16, async (text) => {
    const user = people[texts.indexOf(text) % people.length] ?? { cookies: {} };
    const query = new URLSearchParams({ redirect_url: text });
    return { text, response: await visit(`${syncUsers}?${query}`, cookieHeader(user.cookies)) };
  });
  for (const { text, response } of responses.filter(({ response: { status } }) => status !== 429)) {
    const location = response.headers.get("location");
    expect(response.status, text).toBe(302);
    expect(location, text).toMatch(/^\/(?![/\\])/);
    expect(originOf(location), text).toBe(platform.origin);
  }
  expect(responses.filter(({ response }) => response.status === 302).length).toBeGreaterThan(400);
});

test("sign-in always receives the requested path as its redirect URL", async () => {
  const segment = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
  const query = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string({ maxLength: 12 }));
  const requested = fc.sample(fc.tuple(fc.array(segment, { maxLength: 3 }), query), 500);
  await mapConcurrently(requested, 16, async ([segments, values]) => {
    const search = `${new URLSearchParams(values)}`;
    const path = ["/account", ...segments].join("/") + (search && `?${search}`);
    const { status, headers } = await visit(path);
    expect(status, path).toBe(302);
    const signIn = new URL(headers.get("location") ?? "", platform.origin);
    expect(signIn.origin + signIn.pathname).toBe(`${platform.origin}/sign-in`);
    expect(signIn.searchParams.get("redirect_url")).toBe(path);
  });
});

test.each([
  "//evil.example/x",
  "/\\evil.example",
  "///evil.example",
  "/%2f%2fevil.example",
  "/x//..//evil.example",
])("%s never redirects to another site", async (path) => {
  for (const end of ["", ".data", "?redirect_url=//evil.example"]) {
    const { headers } = await visit(path + end);
    expect(originOf(headers.get("location"))).toBe(platform.origin);
  }
});

test("proxy headers do not change the handshake's return URL", async () => {
  const { status, headers } = await visit("/dashboard", {
    Accept: "text/html",
    Cookie: "__client_uat=1700000000",
    "Sec-Fetch-Dest": "document",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    Forwarded: "host=evil.example",
  });
  expect(status).toBe(307);
  expect(decodeURIComponent(headers.get("location") ?? "")).not.toContain("evil.example");
});

test("allows eight requests at once on a first visit, but rate-limits each user", async () => {
  const { cookies } = await createSignedInUser(platform);
  const ask = () => visit(syncUsers, cookieHeader(cookies));
  const first = await Promise.all(Array.from({ length: 8 }, ask));
  expect(first.map(({ status }) => status)).toEqual(Array(8).fill(302));
  // More than two rate-limit windows allow.
  const later = await mapConcurrently(Array.from({ length: 61 }), 8, ask);
  const refused = later.find(({ status }) => status === 429);
  expect(refused?.headers.get("retry-after")).toBe("60");
  expect(refused?.headers.get("content-type")).toBe("application/problem+json");
  const other = await createSignedInUser(platform);
  expect((await visit(syncUsers, cookieHeader(other.cookies))).status).toBe(302);
});
