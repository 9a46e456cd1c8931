import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { readCredentials } from "../../app/clerk/credentials.server.ts";
import { authenticate } from "../../app/clerk/verify-session.server.ts";
import { readEnvironment } from "../../app/env.server.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { openDatabase } from "../clerk/state/database.ts";
import { loadSigningKey } from "../clerk/tokens/signing-key.ts";

const origin = "http://localhost:8787";
const { publicPem, sign } = loadSigningKey(openDatabase(":memory:"));
const options = { clerkOrigin: "http://localhost:1", appOrigin: origin, jwtKey: publicPem };

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const latin1 = fc
  .array(fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f))
  .map((codes) => String.fromCharCode(...codes));
const escapes = fc
  .array(fc.constantFrom("%E9", "%", "%3B%20__session%3Da.b.c", "%25", "a", ";", "="))
  .map((parts) => parts.join(""));
const jsonParts = fc.tuple(fc.jsonValue(), fc.jsonValue(), fc.constantFrom("", "c2ln", "x", "é"));
const claims = fc.record(
  { iss: fc.jsonValue(), iat: fc.jsonValue(), exp: fc.jsonValue(), sub: fc.jsonValue() },
  { requiredKeys: [] },
);
const values = fc.oneof(
  latin1,
  escapes,
  fc.integer().map(String),
  jsonParts.map(([header, payload, signature]) =>
    [encode(header), encode(payload), signature].join("."),
  ),
  claims.map((payload) => sign(payload)),
  claims.map((handshake) => sign({ handshake: [`__session=${sign(handshake)}`] })),
);
const names = fc.constantFrom(
  "__session",
  "__session_abcdefgh",
  "__client_uat",
  "__clerk_db_jwt",
  "__clerk_handshake",
  "__clerk_redirect_count",
  "__refresh_abcdefgh",
  "visitor",
  "__proto__",
);
const cookies = fc
  .array(fc.tuple(names, values))
  .map((all) => all.map((c) => c.join("=")).join("; "));
const queries = fc.array(
  fc.tuple(
    fc.constantFrom("__clerk_handshake", "__clerk_db_jwt", "__clerk_redirect_url", "a"),
    values,
  ),
);
const requests = fc
  .record({
    queries,
    Cookie: cookies,
    Accept: fc.constantFrom("*/*", "text/html"),
    Authorization: fc.oneof(
      fc.constant(""),
      latin1,
      values.map((value) => `Bearer ${value}`),
    ),
    Referer: fc.oneof(fc.constant(""), latin1, fc.constant("https://elsewhere.example/")),
  })
  .map(({ queries: parameters, ...headers }) => {
    const url = new URL(origin);
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    return new Request(url, { headers });
  });

test.each([
  ["a development instance", "local"],
  ["a production instance", "proxy"],
] as const)(
  "with %s, no forged cookie, header or parameter throws or signs anyone in",
  async (_, setup) => {
    vi.spyOn(console, "error").mockReturnValue();
    vi.spyOn(console, "log").mockReturnValue();
    const environment = readEnvironment(localClerkEnvironment({ ...options, setup }));
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const { kind } = await authenticate(request, environment);
        expect(kind).not.toBe("signed-in");
      }),
      { numRuns: 300 },
    );
  },
);

test("the SDK, which caches a key for each key id, never sees a long one", () => {
  const isPassedOn = (keyId: string) => {
    const token = `${encode({ alg: "RS256", kid: keyId, typ: "JWT" })}.${encode({})}.c2ln`;
    const request = new Request(origin, { headers: { Authorization: `Bearer ${token}` } });
    return readCredentials(request).request.headers.get("Authorization") === `Bearer ${token}`;
  };
  expect(isPassedOn("k".repeat(100))).toBe(true);
  expect(isPassedOn("k".repeat(101))).toBe(false);
});
