/**
 * The fixed keys of the local Clerk and the environment an app needs to speak to it.
 *
 * The values are constants on purpose: they protect nothing, they read as local at a glance,
 * and they keep cookies valid across restarts.
 */

/**
 * Host inside the publishable key. Nothing ever contacts it: `CLERK_PROXY_URL` replaces it.
 * ClerkJS uses the development-browser mechanism because it ends in `accounts.dev`, and the
 * SDK compares it with the `iss` claim, so the two must agree.
 */
export const frontendApiHost = "local-clerk.clerk.accounts.dev";

/** The release of ClerkJS that the local Clerk serves below `/npm`. */
export const clerkJsVersion = "5.128.0";

/** Keys of the one instance that the local Clerk holds. */
export const localClerkKeys = {
  publishableKey: `pk_test_${btoa(`${frontendApiHost}$`)}`,
  secretKey: "sk_test_local_clerk_not_a_secret",
  webhookSecret: `whsec_${btoa("local-clerk-webhook-secret-not-a-secret")}`,
} as const;

/** The same instance as an app in production sees it: the SDK treats live keys differently. */
export const localClerkLiveKeys = {
  CLERK_PUBLISHABLE_KEY: `pk_live_${btoa(`${frontendApiHost}$`)}`,
  CLERK_SECRET_KEY: "sk_live_local_clerk_not_a_secret",
};

export type EnvironmentOptions = {
  /** Origin of the running local Clerk, such as `http://localhost:8788`. */
  clerkOrigin: string;
  /** Origin on which people open the app, such as `http://localhost:8787`. */
  appOrigin: string;
  /** SPKI PEM of the signing key: lets the app verify tokens without asking the network. */
  jwtKey?: string;
};

/** All variables that point an app at the local Clerk. The app needs nothing else. */
export function localClerkEnvironment(options: EnvironmentOptions): Record<string, string> {
  return {
    CLERK_PUBLISHABLE_KEY: localClerkKeys.publishableKey,
    CLERK_SECRET_KEY: localClerkKeys.secretKey,
    CLERK_WEBHOOK_SECRET: localClerkKeys.webhookSecret,
    CLERK_API_URL: `${options.clerkOrigin}/bapi`,
    CLERK_FAPI_URL: options.clerkOrigin,
    CLERK_PROXY_URL: "/__clerk",
    CLERK_JS: `/__clerk/npm/@clerk/clerk-js@${clerkJsVersion}/dist/clerk.browser.js`,
    CLERK_TELEMETRY_DISABLED: "1",
    CLERK_SIGN_IN_URL: "/sign-in",
    CLERK_SIGN_UP_URL: "/sign-up",
    CLERK_SIGN_IN_FALLBACK_REDIRECT_URL: "/dashboard",
    CLERK_SIGN_UP_FALLBACK_REDIRECT_URL: "/dashboard",
    SERVER_URL: options.appOrigin,
    ...(options.jwtKey === undefined ? {} : { CLERK_JWT_KEY: onOneLine(options.jwtKey) }),
  };
}

/** The SDK accepts a PEM without line breaks; the literal characters `\n` break its parser. */
function onOneLine(pem: string): string {
  return pem.replaceAll("\n", "");
}
