import fc from "fast-check";
import { expect, test } from "vitest";
import { readCredentials } from "../../app/clerk/credentials.server.ts";
import { authenticate, hasNoCredentials } from "../../app/clerk/session.server.ts";
import { readEnvironment } from "../../app/env.server.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";

const origin = "http://localhost:8787";
const environment = readEnvironment(
  localClerkEnvironment({ clerkOrigin: "http://localhost:1", appOrigin: origin }),
);

const cookies = [
  "__session=a.b.c",
  "__session_abcdefgh=a.b.c",
  "__client_uat=0",
  "__client_uat=1700000000",
  "__client_uat_abcdefgh=1700000000",
  "__clerk_db_jwt=dvb_1",
  "__clerk_handshake=a.b.c",
  "__clerk_handshake_nonce=n",
  "__refresh_abcdefgh=r",
  "theme=dark",
];
const queries = [
  "",
  "?a=1",
  "?__clerk_db_jwt=dvb_1",
  "?__clerk_handshake=a.b.c",
  "?__clerk_synced=true",
];
const optional = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const requests = fc
  .record({
    query: fc.constantFrom(...queries),
    Cookie: fc.option(
      fc.subarray(cookies).map((some) => some.join("; ")),
      { nil: undefined },
    ),
    Accept: optional(
      "*/*",
      "application/json",
      "text/html,*/*;q=0.8",
      "application/json,text/html",
    ),
    "Sec-Fetch-Dest": optional("empty", "document", "iframe", "image"),
    Authorization: optional("Bearer a.b.c", "a.b.c", "Basic dTpw"),
    Referer: optional(`${origin}/`, "https://elsewhere.example/"),
  })
  .map(({ query, ...headers }) => {
    const set = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] satisfies [string, string]],
    );
    return new Request(`${origin}/api/me${query}`, { headers: set });
  });

test("whoever is taken for nobody without asking Clerk's SDK is nobody to the SDK too, and needs no handshake", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      fc.pre(hasNoCredentials(request));
      const authentication = await authenticate(readCredentials(request), environment);
      expect(authentication).toMatchObject({ kind: "signed-out", cookies: [] });
    }),
    { numRuns: 300, maxSkipsPerRun: 10_000 },
  );
});

const withHeader = (name: string, value: string) =>
  new Request(`${origin}/api/me`, { headers: [[name, value]] });

test.each([
  ["Authorization", "Bearer a.b.c"],
  ["Cookie", "__session=a.b.c"],
  ["Cookie", "__session_abcdefgh=a.b.c"],
  ["Cookie", "__clerk_handshake=a.b.c"],
  ["Accept", "text/html"],
  ["Sec-Fetch-Dest", "document"],
])("a request with %s: %s is put to the SDK", (name, value) => {
  expect(hasNoCredentials(withHeader(name, value))).toBe(false);
});

test("one whose cookies tell of no session, or that has none, is not", () => {
  expect(hasNoCredentials(new Request(`${origin}/api/me`))).toBe(true);
  expect(hasNoCredentials(withHeader("Cookie", "__client_uat=0; __clerk_db_jwt=dvb_1"))).toBe(true);
});
