import { clerkHost, type Environment } from "~/env.server";

/** The version of ClerkJS that `@clerk/remix` 4 asks for where none is set. */
const major = 5;

/**
 * Where the page will load ClerkJS from once it runs: the same address that the SDK makes of these settings, so that the browser
 * can begin before. https://clerk.com/docs/references/sdk/frontend-only
 */
export function clerkScriptUrl(environment: Environment, requestUrl: string): string {
  const { CLERK_JS, CLERK_PROXY_URL, CLERK_PUBLISHABLE_KEY } = environment;
  if (CLERK_JS) return CLERK_JS;
  const proxy = CLERK_PROXY_URL && new URL(CLERK_PROXY_URL, requestUrl);
  const host = proxy ? proxy.host + proxy.pathname : clerkHost(CLERK_PUBLISHABLE_KEY);
  return `https://${host}/npm/@clerk/clerk-js@${major}/dist/clerk.browser.js`;
}
