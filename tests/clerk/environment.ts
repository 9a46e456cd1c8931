import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { type Deployment, deploymentOf, proxyPath, type Setup } from "./deployment.ts";

/** The version of ClerkJS served under `/npm`. */
export const clerkJsVersion = "5.128.0";

const clerkJsPath = `${proxyPath}/npm/@clerk/clerk-js@${clerkJsVersion}/dist/`;

/** Accepted as a one-time code by development instances, like for test addresses at Clerk. */
export const universalCode = "424242";

const { publishableKey, secretKey } = deploymentOf("local");

/** The keys of the default setup. */
export const localClerkKeys = {
  publishableKey,
  secretKey,
  webhookSecret: `whsec_${btoa("local-clerk-webhook-secret-not-a-secret")}`,
} as const;

export type EnvironmentOptions = {
  /** Origin of the running local Clerk, such as `http://localhost:8788`. */
  clerkOrigin: string;
  /** Public origin of the app, such as `http://localhost:8787`. */
  appOrigin: string;
  /** SPKI PEM of the signing key: lets the app verify tokens offline. */
  jwtKey?: string;
  /** `local` by default. */
  setup?: Setup;
};

/** All environment variables that an app needs to use the local Clerk. */
export function localClerkEnvironment(options: EnvironmentOptions): Record<string, string> {
  const deployment = deploymentOf(options.setup ?? "local");
  return {
    CLERK_PUBLISHABLE_KEY: deployment.publishableKey,
    CLERK_SECRET_KEY: deployment.secretKey,
    CLERK_WEBHOOK_SECRET: localClerkKeys.webhookSecret,
    CLERK_API_URL: `${options.clerkOrigin}/bapi`,
    ...frontendApiVariables(deployment, options.clerkOrigin),
    CLERK_TELEMETRY_DISABLED: "1",
    CLERK_SIGN_IN_URL: "/sign-in",
    CLERK_SIGN_UP_URL: "/sign-up",
    CLERK_SIGN_IN_FALLBACK_REDIRECT_URL: "/dashboard",
    CLERK_SIGN_UP_FALLBACK_REDIRECT_URL: "/dashboard",
    SERVER_URL: options.appOrigin,
    ...(options.jwtKey === undefined ? {} : { CLERK_JWT_KEY: toSingleLine(options.jwtKey) }),
  };
}

/** Without a proxy, browsers find the Frontend API on the host in the publishable key. */
function frontendApiVariables({ setup }: Deployment, clerkOrigin: string): Record<string, string> {
  if (setup === "development" || setup === "cname") return {};
  const proxy = { CLERK_PROXY_URL: proxyPath, CLERK_FAPI_URL: clerkOrigin };
  if (setup !== "local") return proxy;
  return {
    ...proxy,
    // The SDK derives an https URL, which the default setup does not serve.
    CLERK_JS: `${clerkJsPath}clerk.browser.js`,
    CLERK_JS_PREFETCH: signInFiles().join(" "),
    SIGN_UP_NOTE: `On this local site, any email address works, and the code is ${universalCode}.`,
  };
}

/** What ClerkJS loads to show its sign-in form, in the order in which it runs. */
function signInFiles(): string[] {
  const names = readdirSync(dirname(createRequire(import.meta.url).resolve("@clerk/clerk-js")));
  return ["ui-common", "framework", "vendors", "subscriptionDetails", "signin"].flatMap((chunk) =>
    names
      .filter((name) => name.startsWith(`${chunk}_clerk.browser_`) && name.endsWith(".js"))
      .map((name) => clerkJsPath + name),
  );
}

/** The SDK accepts a PEM without line breaks, but not with escaped ones. */
function toSingleLine(pem: string): string {
  return pem.replaceAll("\n", "");
}
