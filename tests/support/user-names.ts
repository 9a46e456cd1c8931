import type { Platform } from "./platform.ts";

/** Session tokens of tests outlive them: ClerkJS, which renews them every minute, is not here. */
const tokenLifetimeSeconds = 3_600;

interface PersonOptions {
  role?: "user" | "admin";
  firstName?: string;
  lastName?: string;
}

/** Somebody known to Clerk and, its webhooks done, to D1, with a session in a browser. */
export async function createSignedInUser({ clerk, origin }: Platform, options: PersonOptions = {}) {
  const { role, firstName = "Ada", lastName = "Lovelace" } = options;
  const user = await clerk.createUser({
    emailAddresses: [`${crypto.randomUUID()}@example.com`],
    firstName,
    lastName,
    publicMetadata: role ? { role } : {},
  });
  await clerk.waitForIdle();
  const { sessionId, cookies } = await clerk.createSession({ userId: user.id, appOrigin: origin });
  const token = await clerk.mintSessionToken({ sessionId, azp: origin, claims: lastingClaims() });
  return { clerkUserId: user.id, sessionId, token, cookies: withToken(cookies, token) };
}

/** Claims of a token that does not expire while a test runs. */
export const lastingClaims = () => ({
  exp: Math.floor(Date.now() / 1000) + tokenLifetimeSeconds,
});

type Cookies = Record<string, string>;

/** The cookies of a browser with another session token. */
export function withToken(cookies: Cookies, token: string): Cookies {
  const entries = Object.entries(cookies).map(([name, value]) => [
    name,
    name.startsWith("__session") ? token : value,
  ]);
  return Object.fromEntries(entries);
}

/** The cookies of a browser, as it sends them. */
export function cookieHeader(cookies: Cookies): Record<string, string> {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return { Cookie: pairs.join("; ") };
}
