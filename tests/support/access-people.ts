import type { Platform } from "./platform.ts";
import { cookieHeader, createSignedInUser, lastingClaims, withToken } from "./user-names.ts";

/** Somebody who asks: what they send along, and what D1 and the session really say of them. */
export interface Principal {
  name: string;
  headers: Record<string, string>;
  /** What a correct guard takes them for; "nobody" where the session is none. */
  role: "nobody" | "user" | "admin" | "deleted";
  /** Clerk cannot tell from these cookies whether there is a session: a document goes through its handshake first. */
  needsHandshake: boolean;
  /** Whose session it is; null where there is none. */
  clerkUserId: string | null;
}

type Person = Awaited<ReturnType<typeof createSignedInUser>>;

/** Everybody of the matrix. Each has an account of their own, for one account may ask only so often. */
export async function createPrincipals(platform: Platform): Promise<Principal[]> {
  return [
    { name: "nobody", headers: {}, role: "nobody", needsHandshake: true, clerkUserId: null },
    withCookies("user", "user", await createSignedInUser(platform)),
    withCookies("admin", "admin", await createSignedInUser(platform, { role: "admin" })),
    withCookies(
      "demoted, with an admin claim",
      "user",
      await changedPerson(platform, "admin", "user"),
    ),
    withCookies(
      "promoted, with a user claim",
      "admin",
      await changedPerson(platform, "user", "admin"),
    ),
    withCookies("deleted, with a valid token", "deleted", await deletedPerson(platform)),
    ...(await deniedPrincipals(platform)),
    ...(await bearers(platform)),
  ];
}

/** Tokens of an admin, most of which are no sessions, as cookies of a browser otherwise in order. */
async function deniedPrincipals(platform: Platform): Promise<Principal[]> {
  const person = await createSignedInUser(platform, { role: "admin" });
  const { clerkUserId } = person;
  const mint = (request: object) =>
    platform.clerk.mintSessionToken({
      sessionId: person.sessionId,
      azp: platform.origin,
      claims: lastingClaims(),
      ...request,
    });
  const longAgo = Math.floor(Date.now() / 1000) - 3_600;
  const principal = (name: string, token: string, needsHandshake = false): Principal => ({
    name,
    headers: cookieHeader(withToken(person.cookies, token)),
    role: "nobody",
    needsHandshake,
    clerkUserId: null,
  });
  return [
    principal("expired", await mint({ issuedAt: longAgo, claims: {} }), true),
    principal("forged claims", forged(person.token)),
    principal("wrong azp", await mint({ azp: "https://evil.example" })),
    principal("pending", await mint({ claims: { ...lastingClaims(), sts: "pending" } })),
    { ...principal("no azp", await mint({ azp: null })), role: "admin", clerkUserId },
    principal("another instance's key", await mint({ key: "foreign" })),
  ];
}

async function bearers(platform: Platform): Promise<Principal[]> {
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
    principal("malformed Bearer", "nobody", { token: "not.a.token", clerkUserId: null }),
  ];
}

/** A person whose role in D1 has changed since their token was minted and their record was cached. */
async function changedPerson(platform: Platform, from: "user" | "admin", to: "user" | "admin") {
  const person = await createSignedInUser(platform, { role: from });
  await fetch(`${platform.origin}/api/me`, { headers: cookieHeader(person.cookies) });
  await platform.db
    .prepare("update users set role = ? where clerk_user_id = ?")
    .bind(to, person.clerkUserId)
    .run();
  return person;
}

async function deletedPerson(platform: Platform): Promise<Person> {
  const person = await createSignedInUser(platform, { role: "admin" });
  await platform.clerk.deleteUser(person.clerkUserId);
  await platform.clerk.waitForIdle();
  return person;
}

function withCookies(name: string, role: Principal["role"], person: Person): Principal {
  const { clerkUserId, cookies } = person;
  return { name, headers: cookieHeader(cookies), role, needsHandshake: false, clerkUserId };
}

/** The token with another subject's claims under the old signature. */
function forged(token: string): string {
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, fva: [0, 0] })).toString("base64url");
  return [header, changed, signature].join(".");
}
