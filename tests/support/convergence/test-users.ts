import type { Platform } from "../platform.ts";

export interface TestSession {
  id: string;
  token: string;
}

/** The oracle's record of one Clerk user. */
export interface TestUser {
  clerkUserId: string;
  session: TestSession;
  /** Sessions whose end D1 has accepted. */
  endedSessions: TestSession[];
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
  const user = await platform.clerk.createUser({
    emailAddresses: [email],
    firstName: "First",
    ...(asAdmin && { publicMetadata: { role: "admin" } }),
  });
  const session = await signIn(platform, user.id);
  const role = asAdmin ? "admin" : "user";
  return {
    clerkUserId: user.id,
    session,
    endedSessions: [],
    active: true,
    role,
    lostMessageIds: new Set(),
  };
}

/** Starts a session, even of a banned user. */
export async function signIn({ clerk, appOrigin }: Platform, userId: string): Promise<TestSession> {
  const { sessionId: id } = await clerk.createSession({ userId, appOrigin });
  const claims = { exp: Math.floor(Date.now() / 1000) + tokenLifetimeSeconds };
  return { id, token: await clerk.mintSessionToken({ sessionId: id, azp: appOrigin, claims }) };
}
