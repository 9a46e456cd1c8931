import type { Platform } from "../platform.ts";

/** What the oracle knows of one Clerk user. */
export interface Person {
  clerkUserId: string;
  sessionToken: string;
  alive: boolean;
  /** The role that a first row takes over from Clerk; kept until an admin changes it. */
  role: "user" | "admin";
  /** Ids of the messages that the network has lost. */
  lost: Set<string>;
}

const anHour = 3_600;

/** Signs a person up at Clerk; their session token outlives the schedule. */
export async function signUp(platform: Platform, email: string, asAdmin: boolean): Promise<Person> {
  const { clerk, origin } = platform;
  const user = await clerk.createUser({
    emailAddresses: [email],
    firstName: "First",
    ...(asAdmin && { publicMetadata: { role: "admin" } }),
  });
  const { sessionId } = await clerk.createSession({ userId: user.id, appOrigin: origin });
  const claims = { exp: Math.floor(Date.now() / 1000) + anHour };
  const sessionToken = await clerk.mintSessionToken({ sessionId, azp: origin, claims });
  const role = asAdmin ? "admin" : "user";
  return { clerkUserId: user.id, sessionToken, alive: true, role, lost: new Set() };
}
