import { expect, test } from "vitest";
import { readEnvironment } from "../../app/env.server.ts";
import { documentPolicy } from "../../app/http/content-security-policy.server.ts";
import { localClerkEnvironment, localClerkKeys } from "../clerk/environment.ts";

const keys = {
  CLERK_SECRET_KEY: "sk_live_x",
  CLERK_WEBHOOK_SECRET: localClerkKeys.webhookSecret,
  CLERK_PUBLISHABLE_KEY: `pk_live_${btoa("clerk.courses.example$")}`,
  SERVER_URL: "https://courses.example",
};
const developmentKeys = {
  ...keys,
  CLERK_SECRET_KEY: "sk_test_x",
  CLERK_PUBLISHABLE_KEY: `pk_test_${btoa("quick-fox-1.clerk.accounts.dev$")}`,
};

const players = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"];
const protection = ["https://challenges.cloudflare.com", "https://*.protect.clerk.com"];
const protectApi = "https://*.protect.clerk.com:*";
const policy = (env: object) => documentPolicy("N", readEnvironment(env));

/** The hosts in a policy, by directive. */
function hostsOf(env: object): Record<string, string[]> {
  const directives = policy(env).split("; ");
  return Object.fromEntries(
    directives.flatMap((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      const hosts = sources.filter((source) => source.includes("."));
      return hosts.length > 0 ? [[name, hosts]] : [];
    }),
  );
}

test("with the local Clerk behind the proxy, only the video players' hosts are allowed", () => {
  const env = localClerkEnvironment({
    clerkOrigin: "http://localhost:8788",
    appOrigin: "http://localhost:8787",
  });
  expect(hostsOf(env)).toEqual({ "frame-src": players });
});

test("with production keys, Clerk's hosts and the key's Frontend API are allowed", () => {
  expect(hostsOf(keys)).toEqual({
    "script-src": ["https://clerk.courses.example", ...protection],
    "img-src": ["https://img.clerk.com"],
    "connect-src": ["https://clerk.courses.example", protectApi],
    "frame-src": [...players, ...protection],
  });
});

test("with development keys, telemetry is allowed unless it is disabled", () => {
  const telemetry = "https://clerk-telemetry.com";
  const api = "https://quick-fox-1.clerk.accounts.dev";
  expect(hostsOf(developmentKeys)["connect-src"]).toEqual([api, protectApi, telemetry]);
  const silent = { ...developmentKeys, CLERK_TELEMETRY_DISABLED: "1" };
  expect(hostsOf(silent)["connect-src"]).toEqual([api, protectApi]);
});

test("with the proxy, the Frontend API host is not allowed", () => {
  const hosts = hostsOf({ ...keys, CLERK_PROXY_URL: "/__clerk" });
  expect(hosts["connect-src"]).toEqual([protectApi]);
  expect(hosts["script-src"]).toEqual(protection);
});

test("an external proxy or ClerkJS URL is allowed by its origin", () => {
  const hosts = hostsOf({
    ...keys,
    CLERK_PROXY_URL: "https://auth.example/x",
    CLERK_JS: "https://cdn.example/clerk.js",
  });
  expect(hosts["connect-src"]).toEqual(["https://auth.example", protectApi]);
  expect(hosts["script-src"]).toContain("https://cdn.example");
});

test("scripts need an allowed host or the nonce in every policy", () => {
  for (const env of [keys, developmentKeys]) {
    const scripts = policy(env).match(/script-src ([^;]*)/)?.[1];
    expect(scripts).toContain("'nonce-N'");
    expect(scripts?.replace("https://*.protect.clerk.com", "")).not.toMatch(
      /unsafe|\*|data:|blob:/,
    );
  }
});
