import { describe, expect, test } from "vitest";
import { readSession } from "../../app/clerk/session-claims.server.ts";
import { readEnvironment } from "../../app/env.server.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { openDatabase } from "../clerk/state/database.ts";
import { loadSigningKey } from "../clerk/tokens/signing-key.ts";

const appOrigin = "http://localhost:8787";
const { publicPem: jwtKey, sign } = loadSigningKey(openDatabase(":memory:"));
const variables = localClerkEnvironment({ clerkOrigin: "http://localhost:1", appOrigin, jwtKey });
const otherParty = "https://app.example";
const dbId = "7b0e9f4e-51d5-4d3c-9f0a-1f2f3a4b5c6d";
const claims = { sub: "user_1", sid: "sess_1", exp: 1_700_000_000, azp: appOrigin };

function read(changed: Record<string, unknown>, settings: Record<string, string> = {}) {
  const environment = readEnvironment({ ...variables, ...settings });
  return readSession(sign({ ...claims, ...changed }), environment);
}

test("a token becomes a session", () => {
  expect(read({ sts: "active", dbId, role: "admin" })).toEqual({
    clerkUserId: "user_1",
    sessionId: "sess_1",
    token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    expiresAt: 1_700_000_000_000,
    claims: { dbId, role: "admin" },
    actorId: null,
  });
});

describe("signs nobody in", () => {
  test.each([
    { sts: "pending" },
    { sub: "" },
    { sub: undefined },
    { sid: "" },
    { sid: undefined },
    { exp: "1700000000" },
    { exp: undefined },
    { azp: 1 },
    { azp: "" },
    { azp: otherParty },
    { azp: `${appOrigin}.evil.example` },
  ])("%o", (changed) => {
    expect(read(changed)).toBeNull();
  });
});

test.each([{ sts: undefined }, { sts: null }, { sts: "active" }, { azp: undefined }])(
  "signs in: %o",
  (changed) => {
    expect(read(changed)?.clerkUserId).toBe("user_1");
  },
);

test("other sites can be allowed, beside the site itself", () => {
  const settings = { CLERK_AUTHORIZED_PARTIES: otherParty };
  expect(read({ azp: otherParty }, settings)).not.toBeNull();
  expect(read({ azp: appOrigin }, settings)).not.toBeNull();
  expect(read({ azp: "https://other.example" }, settings)).toBeNull();
});

test("metadata that is missing or invalid counts as absent", () => {
  for (const invalid of [undefined, null, "", "owner", 1, {}]) {
    expect(read({ dbId: invalid, role: invalid })?.claims).toEqual({ dbId: null, role: null });
  }
});

test("a token with `act` names an impersonator, who is unknown if the name is invalid", () => {
  expect(read({ act: { sub: "user_2" } })?.actorId).toBe("user_2");
  expect(read({ act: { sub: "x".repeat(100) } })?.actorId).toBe("x".repeat(100));
  const invalid = [
    {},
    "user_2",
    true,
    ...["", "a b", "x!", "!x", "x".repeat(101)].map((sub) => ({ sub })),
  ];
  for (const act of invalid) expect(read({ act })?.actorId).toBe("unknown");
  for (const act of [null, undefined]) expect(read({ act })?.actorId).toBeNull();
});
