import { clerkHost, type Environment } from "~/env.server";
import { playerOrigins } from "./video-player-origins";

type Directives = Record<string, readonly string[]>;

/** For responses that are not documents. */
export const denyAllPolicy = serialize({
  "default-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
});

/** For plain error pages: text and one style element. */
export function plainPagePolicy(nonce: string): string {
  return `${denyAllPolicy}; style-src 'nonce-${nonce}'`;
}

/**
 * ClerkJS injects styles at run time, hence `'unsafe-inline'`.
 * https://clerk.com/docs/guides/secure/best-practices/csp-headers
 */
export function documentPolicy(nonce: string, environment: Environment): string {
  const policy = documentPolicies.get(environment) ?? createDocumentPolicy(environment);
  documentPolicies.set(environment, policy);
  return policy.replace(noncePlaceholder, nonce);
}

const documentPolicies = new WeakMap<Environment, string>();
const noncePlaceholder = "{nonce}";
/** Clerk's protection against abuse and fraud. */
const protectHosts = "https://*.protect.clerk.com";

function createDocumentPolicy(environment: Environment): string {
  const clerk = clerkSources(environment);
  const hashes = (environment.TRUSTED_SCRIPT_HASHES ?? []).map((hash) => `'${hash}'`);
  return serialize({
    "default-src": ["'self'"],
    "script-src": [
      "'self'",
      `'nonce-${noncePlaceholder}'`,
      ...hashes,
      ...clerk.scripts,
      ...clerk.protection,
    ],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", ...clerk.images],
    "connect-src": ["'self'", ...clerk.api, ...clerk.protectionApi, ...clerk.telemetry],
    "frame-src": [...playerOrigins, ...clerk.protection],
    "worker-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    // Chromium applies this to the redirect to the payment page, too.
    "form-action": ["'self'", ...paymentPage(environment)],
    "frame-ancestors": ["'none'"],
  });
}

function paymentPage({ STRIPE_SECRET_KEY, STRIPE_API_URL }: Environment): string[] {
  if (STRIPE_SECRET_KEY === undefined) return [];
  return originOf(STRIPE_API_URL ?? "https://checkout.stripe.com");
}

/** The local Clerk needs none of Clerk's hosts. */
function clerkSources(environment: Environment) {
  const { CLERK_API_URL, CLERK_JS, CLERK_PROXY_URL, CLERK_TELEMETRY_DISABLED } = environment;
  const { CLERK_PUBLISHABLE_KEY } = environment;
  const isRealClerk = CLERK_API_URL === undefined;
  const api = originOf(CLERK_PROXY_URL ?? `https://${clerkHost(CLERK_PUBLISHABLE_KEY)}`);
  const sendsTelemetry = isRealClerk && CLERK_PUBLISHABLE_KEY.startsWith("pk_test_");
  return {
    api,
    scripts: CLERK_JS === undefined ? api : originOf(CLERK_JS),
    images: isRealClerk ? ["https://img.clerk.com"] : api,
    protection: isRealClerk ? ["https://challenges.cloudflare.com", protectHosts] : [],
    // Clerk serves them on other ports than 443, too.
    protectionApi: isRealClerk ? [`${protectHosts}:*`] : [],
    telemetry: sendsTelemetry && !CLERK_TELEMETRY_DISABLED ? ["https://clerk-telemetry.com"] : [],
  };
}

/** Empty for a path, which `'self'` covers. */
function originOf(url: string): string[] {
  return url.startsWith("/") ? [] : [new URL(url).origin];
}

function serialize(directives: Directives): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}
