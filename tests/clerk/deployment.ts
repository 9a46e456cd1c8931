import { createHash } from "node:crypto";

/**
 * How an app uses Clerk. `local` is a development instance behind a proxy, which the real Clerk
 * refuses. The others are the real ones: a development instance on its own host, and a production
 * instance behind a CNAME or a proxy.
 */
export const setups = ["local", "development", "cname", "proxy"] as const;
export type Setup = (typeof setups)[number];

/** A reserved name (RFC 2606). */
export const productionDomain = "example.test";
export const productionOrigin = `https://www.${productionDomain}`;
export const proxyPath = "/__clerk";

/** The instance, as its setup determines it. */
export interface Deployment {
  setup: Setup;
  isProduction: boolean;
  /** In the publishable key and the `iss` claim. */
  frontendApiHost: string;
  publishableKey: string;
  secretKey: string;
  /** Separates the cookies of several instances on one host. */
  cookieSuffix: string;
}

/**
 * The keys are constants on purpose: they protect nothing, are recognizable as local, and keep
 * cookies valid across restarts.
 */
export function deploymentOf(setup: Setup): Deployment {
  const isProduction = setup === "cname" || setup === "proxy";
  const frontendApiHost = isProduction ? `clerk.${productionDomain}` : developmentHost;
  const mode = isProduction ? "live" : "test";
  const publishableKey = `pk_${mode}_${btoa(`${frontendApiHost}$`)}`;
  return {
    setup,
    isProduction,
    frontendApiHost,
    publishableKey,
    secretKey: `sk_${mode}_local_clerk_not_a_secret`,
    cookieSuffix: createHash("sha1").update(publishableKey).digest("base64url").slice(0, 8),
  };
}

/** ClerkJS and the SDK identify browsers by `__clerk_db_jwt` on hosts below `accounts.dev`. */
const developmentHost = "local-clerk.clerk.accounts.dev";
