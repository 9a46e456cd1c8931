import type { Platform } from "./platform.ts";

/** Somebody known to Clerk and, its webhooks done, to D1, with a session in a browser. */
export async function signedInPerson(
  platform: Platform,
  given: { role?: "user" | "admin"; firstName?: string; lastName?: string } = {},
) {
  const { firstName = "Ada", lastName = "Lovelace" } = given;
  const user = await platform.clerk.createUser({
    emailAddresses: [`${crypto.randomUUID()}@example.com`],
    firstName,
    lastName,
    publicMetadata: given.role ? { role: given.role } : {},
  });
  await platform.clerk.waitForIdle();
  const session = await platform.clerk.createSession({
    userId: user.id,
    appOrigin: platform.origin,
  });
  return { clerkUserId: user.id, ...session };
}

/** The cookies of a browser, as it sends them. */
export function cookieHeader(cookies: Record<string, string>): Record<string, string> {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return { Cookie: pairs.join("; ") };
}
