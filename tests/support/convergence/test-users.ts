import type { Platform } from "../platform.ts";

/** The oracle's record of one Clerk user. */
export interface TestUser {
  clerkUserId: string;
  sessionToken: string;
  active: boolean;
  /** Taken from Clerk when the row is created; later only admins change it. */
  role: "user" | "admin";
  /** Ids of messages lost by the network. */
  lostMessageIds: Set<string>;
}

const tokenLifetimeSeconds = 3_600;

/** Signs a user up at Clerk; the session token outlives the schedule. */
export async function signUp(
  platform: Platform,
  email: string,
  asAdmin: boolean,
): Promise<TestUser> {
  const { clerk, origin } = platform;
  const user = await clerk.createUser({
    emailAddresses: [email],
    firstName: "First",
    ...(asAdmin && { publicMetadata: { role: "admin" } }),
  });
  const { sessionId } = await clerk.createSession({ userId: user.id, appOrigin: origin });
  const claims = { exp: Math.floor(Date.now() / 1000) + tokenLifetimeSeconds };
  const sessionToken = await clerk.mintSessionToken({ sessionId, azp: origin, claims });
  const role = asAdmin ? "admin" : "user";
  return { clerkUserId: user.id, sessionToken, active: true, role, lostMessageIds: new Set() };
}
