/**
 * The fixed keys of the local Clerk and the environment variables for an app that uses it.
 *
 * The keys are constants on purpose: they protect nothing, are recognizable as local, and keep
 * cookies valid across restarts.
 */

/**
 * Host encoded in the publishable key. It is never contacted: `CLERK_PROXY_URL` replaces it.
 * It ends in `accounts.dev` so that ClerkJS uses the development browser mechanism, and it must
 * match the `iss` claim.
 */
export const frontendApiHost = "local-clerk.clerk.accounts.dev";

/** Where the app passes requests on to the Frontend API. */
export const proxyPath = "/__clerk";

/** The version of ClerkJS served under `/npm`. */
export const clerkJsVersion = "5.128.0";

export const localClerkKeys = {
  publishableKey: `pk_test_${btoa(`${frontendApiHost}$`)}`,
  secretKey: "sk_test_local_clerk_not_a_secret",
  webhookSecret: `whsec_${btoa("local-clerk-webhook-secret-not-a-secret")}`,
} as const;

/** Production keys of the same instance: the SDK treats live keys differently. */
export const localClerkLiveKeys = {
  CLERK_PUBLISHABLE_KEY: `pk_live_${btoa(`${frontendApiHost}$`)}`,
  CLERK_SECRET_KEY: "sk_live_local_clerk_not_a_secret",
};

export type EnvironmentOptions = {
  /** Origin of the running local Clerk, such as `http://localhost:8788`. */
  clerkOrigin: string;
  /** Public origin of the app, such as `http://localhost:8787`. */
  appOrigin: string;
  /** SPKI PEM of the signing key: lets the app verify tokens offline. */
  jwtKey?: string;
};

/** All environment variables that an app needs to use the local Clerk. */
export function localClerkEnvironment(options: EnvironmentOptions): Record<string, string> {
  return {
    CLERK_PUBLISHABLE_KEY: localClerkKeys.publishableKey,
    CLERK_SECRET_KEY: localClerkKeys.secretKey,
    CLERK_WEBHOOK_SECRET: localClerkKeys.webhookSecret,
    CLERK_API_URL: `${options.clerkOrigin}/bapi`,
    CLERK_FAPI_URL: options.clerkOrigin,
    CLERK_PROXY_URL: proxyPath,
    CLERK_JS: `${proxyPath}/npm/@clerk/clerk-js@${clerkJsVersion}/dist/clerk.browser.js`,
    CLERK_TELEMETRY_DISABLED: "1",
    CLERK_SIGN_IN_URL: "/sign-in",
    CLERK_SIGN_UP_URL: "/sign-up",
    CLERK_SIGN_IN_FALLBACK_REDIRECT_URL: "/dashboard",
    CLERK_SIGN_UP_FALLBACK_REDIRECT_URL: "/dashboard",
    SERVER_URL: options.appOrigin,
    ...(options.jwtKey === undefined ? {} : { CLERK_JWT_KEY: toSingleLine(options.jwtKey) }),
  };
}

/** The SDK accepts a PEM without line breaks, but not with escaped ones. */
function toSingleLine(pem: string): string {
  return pem.replaceAll("\n", "");
}
