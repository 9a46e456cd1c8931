import type { Platform } from "./platform.ts";
import { cookieHeader, lastingClaims, signedInPerson, withToken } from "./user-names.ts";

/** Somebody who asks: what they send along, and what D1 and the session really say of them. */
export interface Asker {
  name: string;
  headers: Record<string, string>;
  /** What a correct guard takes them for; "nobody" where the session is none. */
  standing: "nobody" | "user" | "admin" | "deleted";
  /** Clerk cannot tell from these cookies whether there is a session: a document goes through its handshake first. */
  isUnclear: boolean;
  /** Whose session it is; null where there is none. */
  clerkUserId: string | null;
}

type Person = Awaited<ReturnType<typeof signedInPerson>>;

/** Everybody of the matrix. Each has an account of their own, for one account may ask only so often. */
export async function createAskers(platform: Platform): Promise<Asker[]> {
  return [
    { name: "nobody", headers: {}, standing: "nobody", isUnclear: true, clerkUserId: null },
    withCookies("user", "user", await signedInPerson(platform)),
    withCookies("admin", "admin", await signedInPerson(platform, { role: "admin" })),
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
    ...(await refusedAskers(platform)),
    ...(await bearers(platform)),
  ];
}

/** Tokens of an admin, most of which are no sessions, as cookies of a browser otherwise in order. */
async function refusedAskers(platform: Platform): Promise<Asker[]> {
  const person = await signedInPerson(platform, { role: "admin" });
  const { clerkUserId } = person;
  const mint = (request: object) =>
    platform.clerk.mintSessionToken({
      sessionId: person.sessionId,
      azp: platform.origin,
      claims: lastingClaims(),
      ...request,
    });
  const longAgo = Math.floor(Date.now() / 1000) - 3_600;
  const asker = (name: string, token: string, isUnclear = false): Asker => ({
    name,
    headers: cookieHeader(withToken(person.cookies, token)),
    standing: "nobody",
    isUnclear,
    clerkUserId: null,
  });
  return [
    asker("expired", await mint({ issuedAt: longAgo, claims: {} }), true),
    asker("forged claims", forged(person.token)),
    asker("wrong azp", await mint({ azp: "https://evil.example" })),
    asker("pending", await mint({ claims: { ...lastingClaims(), sts: "pending" } })),
    { ...asker("no azp", await mint({ azp: null })), standing: "admin", clerkUserId },
    asker("another instance's key", await mint({ key: "foreign" })),
  ];
}

async function bearers(platform: Platform): Promise<Asker[]> {
  const user = await signedInPerson(platform);
  const admin = await signedInPerson(platform, { role: "admin" });
  const asker = (
    name: string,
    standing: Asker["standing"],
    { token, clerkUserId }: { token: string; clerkUserId: string | null },
  ): Asker => ({
    name,
    headers: { Authorization: `Bearer ${token}` },
    standing,
    isUnclear: false,
    clerkUserId,
  });
  return [
    asker("Bearer of a user", "user", user),
    asker("Bearer of an admin", "admin", admin),
    asker("malformed Bearer", "nobody", { token: "not.a.token", clerkUserId: null }),
  ];
}

/** A person whose role in D1 has changed since their token was minted and their record was cached. */
async function changedPerson(platform: Platform, from: "user" | "admin", to: "user" | "admin") {
  const person = await signedInPerson(platform, { role: from });
  await fetch(`${platform.origin}/api/me`, { headers: cookieHeader(person.cookies) });
  await platform.db
    .prepare("update users set role = ? where clerk_user_id = ?")
    .bind(to, person.clerkUserId)
    .run();
  return person;
}

async function deletedPerson(platform: Platform): Promise<Person> {
  const person = await signedInPerson(platform, { role: "admin" });
  await platform.clerk.deleteUser(person.clerkUserId);
  await platform.clerk.waitForIdle();
  return person;
}

function withCookies(name: string, standing: Asker["standing"], person: Person): Asker {
  const { clerkUserId, cookies } = person;
  return { name, headers: cookieHeader(cookies), standing, isUnclear: false, clerkUserId };
}

/** The token with another subject's claims under the old signature. */
function forged(token: string): string {
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, fva: [0, 0] })).toString("base64url");
  return [header, changed, signature].join(".");
}
