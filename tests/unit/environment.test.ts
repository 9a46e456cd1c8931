import { expect, test } from "vitest";
import { browserEnvironment, readEnvironment } from "../../app/env.server.ts";
import { EnvironmentError } from "../../app/errors.ts";
import { localClerkEnvironment, localClerkKeys } from "../clerk/environment.ts";
import { localStripeEnvironment, localStripeLiveKeys } from "../stripe/environment.ts";

const good = localClerkEnvironment({
  clerkOrigin: "http://localhost:8788",
  appOrigin: "http://localhost:8787",
});

function findProblems(changes: Record<string, string>): readonly string[] {
  try {
    readEnvironment({ ...good, ...changes });
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

test("accepts the settings of the local Clerk", () => {
  expect(readEnvironment(good).SERVER_URL).toBe("http://localhost:8787");
});

test.each([
  ["CLERK_PUBLISHABLE_KEY", "sk_test_abc"],
  ["CLERK_PUBLISHABLE_KEY", "pk_test_bm9faG9zdA=="],
  ["CLERK_SECRET_KEY", "pk_test_abc"],
  ["CLERK_WEBHOOK_SECRET", "secret"],
  ["CLERK_WEBHOOK_SECRET", `${localClerkKeys.webhookSecret} wrong`],
  ["CLERK_JWT_KEY", "-----BEGIN PRIVATE KEY-----abc-----END PRIVATE KEY-----"],
  ["CLERK_PROXY_URL", "//clerk.example"],
  ["CLERK_SIGN_IN_URL", "https://elsewhere.example/sign-in"],
  ["CLERK_FAPI_URL", "ftp://clerk.example"],
  ["CLERK_AUTHORIZED_PARTIES", "https://app.example courses.example"],
  ["HSTS_INCLUDE_SUBDOMAINS", "includeSubDomains"],
  ["SERVER_URL", "courses.example"],
  ["SERVER_URL", ""],
])("reports an invalid %s: %j", (key, value) => {
  const problems = findProblems({ [key]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^${key}: `));
});

test("reports all invalid keys in one error, without values", () => {
  const problems = findProblems({
    CLERK_SECRET_KEY: "hunter2",
    CLERK_WEBHOOK_SECRET: "",
    SERVER_URL: "x",
  });
  expect(problems.map((problem) => problem.split(":")[0])).toEqual(
    expect.arrayContaining(["CLERK_SECRET_KEY", "CLERK_WEBHOOK_SECRET", "SERVER_URL"]),
  );
  expect(problems.join()).not.toContain("hunter2");
});

test("rejects a test key combined with a live key", () => {
  expect(findProblems({ CLERK_SECRET_KEY: "sk_live_abc" })).toEqual([
    expect.stringMatching(/^CLERK_SECRET_KEY: .*same kind/),
  ]);
});

test("accepts two live keys", () => {
  const live = `pk_live_${btoa("clerk.courses.example$")}`;
  expect(findProblems({ CLERK_PUBLISHABLE_KEY: live, CLERK_SECRET_KEY: "sk_live_abc" })).toEqual(
    [],
  );
});

test("accepts both of Stripe's keys or neither, of the same kind as Clerk's", () => {
  const stripe = localStripeEnvironment("http://localhost:8789");
  const { STRIPE_SECRET_KEY = "", STRIPE_WEBHOOK_SECRET = "" } = stripe;
  expect(findProblems(stripe)).toEqual([]);
  expect(findProblems({ ...stripe, STRIPE_SECRET_KEY: "rk_test_restricted" })).toEqual([]);
  const halves: Record<string, string>[] = [{ STRIPE_SECRET_KEY }, { STRIPE_WEBHOOK_SECRET }];
  for (const half of halves) {
    expect(findProblems(half)).toEqual([expect.stringMatching(/^STRIPE_SECRET_KEY: set both/)]);
  }
  const live = { ...stripe, STRIPE_SECRET_KEY: localStripeLiveKeys.secretKey };
  expect(findProblems(live)).toEqual([expect.stringMatching(/^STRIPE_SECRET_KEY: .*same kind/)]);
  for (const [key, value] of [
    ["STRIPE_SECRET_KEY", "pk_test_1"],
    ["STRIPE_WEBHOOK_SECRET", "secret"],
    ["STRIPE_API_URL", "stripe"],
    ["SELLER", "x".repeat(1_001)],
    ["IMPRINT_URL", "/imprint"],
    ["TERMS_URL", "javascript:alert(1)"],
    ["PRIVACY_URL", "javascript:alert(1)"],
    ["CONTACT_URL", "you@example.com"],
  ] as const) {
    expect(findProblems({ ...stripe, [key]: value })[0]).toMatch(new RegExp(`^${key}: `));
  }
});

test("accepts several webhook secrets during a rotation", () => {
  const second = `whsec_${btoa("the next secret, quite long enough")}`;
  const environment = readEnvironment({
    ...good,
    CLERK_WEBHOOK_SECRET: `${localClerkKeys.webhookSecret} ${second}`,
  });
  expect(environment.CLERK_WEBHOOK_SECRET).toEqual([localClerkKeys.webhookSecret, second]);
});

test("accepts authorized parties that are origins or native app URLs", () => {
  const listed = "https://App.example/, com.example.courses://callback http://localhost:3000";
  const environment = readEnvironment({ ...good, CLERK_AUTHORIZED_PARTIES: listed });
  expect(environment.CLERK_AUTHORIZED_PARTIES).toEqual([
    "https://app.example",
    "com.example.courses://callback",
    "http://localhost:3000",
  ]);
});

test("accepts a PEM with line breaks, escaped line breaks or none", () => {
  const body = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A";
  const flat = `-----BEGIN PUBLIC KEY-----${body}-----END PUBLIC KEY-----`;
  for (const lineBreak of ["\n", "\\n", ""]) {
    const pem = ["-----BEGIN PUBLIC KEY-----", body, "-----END PUBLIC KEY-----", ""].join(
      lineBreak,
    );
    expect(readEnvironment({ ...good, CLERK_JWT_KEY: pem }).CLERK_JWT_KEY).toBe(flat);
  }
});

test("sends only public settings to the browser", () => {
  const publicSettings = browserEnvironment(
    readEnvironment({ ...good, ...localStripeEnvironment("http://localhost:8789") }),
  );
  expect(Object.keys(publicSettings).sort()).toEqual([
    "CLERK_PUBLISHABLE_KEY",
    "CLERK_SIGN_IN_URL",
    "CLERK_SIGN_UP_URL",
    "SERVER_URL",
  ]);
});
