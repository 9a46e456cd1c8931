import { waitForPush } from "./metadata-pushes.ts";
import type { Platform } from "./platform.ts";

/** Longer than any test, because there is no ClerkJS to renew tokens. */
const tokenLifetimeSeconds = 3_600;

interface UserOptions {
  role?: "user" | "admin";
  firstName?: string;
  lastName?: string;
}

/** Creates a user at Clerk and, through its webhooks, in D1, with a browser session. */
export async function createSignedInUser(platform: Platform, options: UserOptions = {}) {
  const { clerk, appOrigin } = platform;
  const { role, firstName = "Ada", lastName = "Lovelace" } = options;
  const user = await clerk.createUser({
    emailAddresses: [`${crypto.randomUUID()}@example.com`],
    firstName,
    lastName,
    publicMetadata: role ? { role } : {},
  });
  await clerk.waitForIdle();
  await waitForPush(platform, user.id);
  const { sessionId, cookies } = await clerk.createSession({ userId: user.id, appOrigin });
  const token = await clerk.mintSessionToken({
    sessionId,
    azp: appOrigin,
    claims: lastingClaims(),
  });
  return { clerkUserId: user.id, sessionId, token, cookies: withToken(cookies, token) };
}

/** Claims of a token that does not expire during a test. */
export const lastingClaims = () => ({
  exp: Math.floor(Date.now() / 1000) + tokenLifetimeSeconds,
});

type Cookies = Record<string, string>;

/** Replaces the session token in the cookies. */
export function withToken(cookies: Cookies, token: string): Cookies {
  const entries = Object.entries(cookies).map(([name, value]) => [
    name,
    name.startsWith("__session") ? token : value,
  ]);
  return Object.fromEntries(entries);
}

/** Formats cookies as a request header. */
export function cookieHeader(cookies: Cookies): Record<string, string> {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return { Cookie: pairs.join("; ") };
}
