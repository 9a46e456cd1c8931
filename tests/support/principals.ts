import type { Platform } from "./platform.ts";
import { cookieHeader, createSignedInUser, lastingClaims, withToken } from "./signed-in-user.ts";

/** A client with certain credentials, and its true status in D1 and at Clerk. */
export interface Principal {
  name: string;
  headers: Record<string, string>;
  /** The role that a correct guard assigns; "anonymous" without a valid session. */
  role: "anonymous" | "user" | "admin" | "deleted" | "banned";
  /** True if Clerk cannot tell from the cookies whether a session exists. */
  needsHandshake: boolean;
  /** Null without a session. */
  clerkUserId: string | null;
}

type SignedInUser = Awaited<ReturnType<typeof createSignedInUser>>;

/** All principals of the access matrix. Rate limits require a separate account for each. */
export async function createPrincipals(platform: Platform): Promise<Principal[]> {
  return [
    { name: "anonymous", headers: {}, role: "anonymous", needsHandshake: false, clerkUserId: null },
    withCookies("user", "user", await createSignedInUser(platform)),
    withCookies("admin", "admin", await createSignedInUser(platform, { role: "admin" })),
    withCookies(
      "demoted, with an admin claim",
      "user",
      await createUserWithChangedRole(platform, "admin", "user"),
    ),
    withCookies(
      "promoted, with a user claim",
      "admin",
      await createUserWithChangedRole(platform, "user", "admin"),
    ),
    withCookies("deleted, with a valid token", "deleted", await createDeletedUser(platform)),
    withCookies("banned, with a valid token", "banned", await createBannedUser(platform)),
    ...(await createCookiePrincipals(platform)),
    ...(await createBearerPrincipals(platform)),
  ];
}

/** Variants of an admin's session cookies, most of them invalid. */
async function createCookiePrincipals(platform: Platform): Promise<Principal[]> {
  const user = await createSignedInUser(platform, { role: "admin" });
  const { clerkUserId } = user;
  const mint = (request: object) =>
    platform.clerk.mintSessionToken({
      sessionId: user.sessionId,
      azp: platform.appOrigin,
      claims: lastingClaims(),
      ...request,
    });
  const longAgo = Math.floor(Date.now() / 1000) - 3_600;
  const principal = (name: string, token: string, needsHandshake = false): Principal => ({
    name,
    headers: cookieHeader(withToken(user.cookies, token)),
    role: "anonymous",
    needsHandshake,
    clerkUserId: null,
  });
  return [
    principal("expired", await mint({ issuedAt: longAgo, claims: {} }), true),
    principal("forged claims", forgeClaims(user.token)),
    principal("wrong azp", await mint({ azp: "https://evil.example" })),
    principal("pending", await mint({ claims: { ...lastingClaims(), sts: "pending" } })),
    { ...principal("no azp", await mint({ azp: null })), role: "admin", clerkUserId },
    principal("another instance's key", await mint({ key: "foreign" })),
  ];
}

async function createBearerPrincipals(platform: Platform): Promise<Principal[]> {
  const user = await createSignedInUser(platform);
  const admin = await createSignedInUser(platform, { role: "admin" });
  const principal = (
    name: string,
    role: Principal["role"],
    { token, clerkUserId }: { token: string; clerkUserId: string | null },
  ): Principal => ({
    name,
    headers: { Authorization: `Bearer ${token}` },
    role,
    needsHandshake: false,
    clerkUserId,
  });
  return [
    principal("Bearer of a user", "user", user),
    principal("Bearer of an admin", "admin", admin),
    principal("Bearer of a banned admin", "banned", await createBannedUser(platform)),
    principal("malformed Bearer", "anonymous", { token: "not.a.token", clerkUserId: null }),
  ];
}

/** A user whose role in D1 changed after their token was minted and their record was cached. */
async function createUserWithChangedRole(
  platform: Platform,
  from: "user" | "admin",
  to: "user" | "admin",
) {
  const user = await createSignedInUser(platform, { role: from });
  await fetch(`${platform.origin}/api/me`, { headers: cookieHeader(user.cookies) });
  await platform.db
    .prepare("update users set role = ? where clerk_user_id = ?")
    .bind(to, user.clerkUserId)
    .run();
  return user;
}

async function createDeletedUser(platform: Platform): Promise<SignedInUser> {
  const user = await createSignedInUser(platform, { role: "admin" });
  await platform.clerk.deleteUser(user.clerkUserId);
  await platform.clerk.waitForIdle();
  return user;
}

async function createBannedUser(platform: Platform): Promise<SignedInUser> {
  const user = await createSignedInUser(platform, { role: "admin" });
  await platform.clerk.updateUser(user.clerkUserId, { banned: true });
  await platform.clerk.waitForIdle();
  return user;
}

function withCookies(name: string, role: Principal["role"], user: SignedInUser): Principal {
  const { clerkUserId, cookies } = user;
  return { name, headers: cookieHeader(cookies), role, needsHandshake: false, clerkUserId };
}

/** The token with changed claims and the original signature. */
function forgeClaims(token: string): string {
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, fva: [0, 0] })).toString("base64url");
  return [header, changed, signature].join(".");
}
