import { clerkHost, type Environment } from "~/env.server";

/** The major version that `@clerk/remix` 4 loads by default. */
const major = 5;

/** Must equal the URL that the SDK derives, so that the browser can preload it. */
export function clerkScriptUrl(environment: Environment, requestUrl: string): string {
  const { CLERK_JS, CLERK_PROXY_URL, CLERK_PUBLISHABLE_KEY } = environment;
  if (CLERK_JS) return CLERK_JS;
  const proxy = CLERK_PROXY_URL && new URL(CLERK_PROXY_URL, requestUrl);
  const host = proxy ? proxy.host + proxy.pathname : clerkHost(CLERK_PUBLISHABLE_KEY);
  return `https://${host}/npm/@clerk/clerk-js@${major}/dist/clerk.browser.js`;
}

/** What ClerkJS loads next on this page. Only the sign-in form needs the chunk `signin`. */
export function prefetchedScripts(
  { CLERK_JS_PREFETCH = [], CLERK_SIGN_IN_URL }: Environment,
  requestUrl: string,
): readonly string[] {
  const isSignIn = new URL(requestUrl).pathname.startsWith(CLERK_SIGN_IN_URL);
  return CLERK_JS_PREFETCH.filter((url) => isSignIn || !url.includes("/signin_"));
}
