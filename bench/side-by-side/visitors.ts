import * as z from "zod";
import { cookieHeader } from "../../tests/support/signed-in-user.ts";
import type { Person } from "./people.ts";
import { controlOf, type Site, type Surroundings } from "./sites.ts";

type Cookies = Record<string, string>;

/** The cookies with which a signed-in browser comes to a site; its session token is fresh, for it lives a minute. */
export async function signIn(
  site: Site,
  surroundings: Surroundings,
  person: Person,
): Promise<Record<string, string>> {
  if (site.signIn === "clerk") {
    const { cookies } = await controlOf(surroundings).createSession({
      userId: person.clerkUserId,
      appOrigin: site.origin,
    });
    return cookieHeader(cookies);
  }
  return site.signIn === "better-auth" ? cookieHeader(await signInToBetterAuth(site, person)) : {};
}

/** The cookies of a browser that was here before and is signed out: a new one would be sent through Clerk's handshake first. */
export async function stayAnonymous(
  site: Site,
  surroundings: Surroundings,
): Promise<Record<string, string>> {
  if (site.signIn !== "clerk") return {};
  const { cookies } = await controlOf(surroundings).createSession({
    userId: surroundings.people.admin.clerkUserId,
    appOrigin: site.origin,
  });
  const kept = Object.entries(cookies).filter(([name]) => !name.startsWith("__session"));
  return cookieHeader(
    Object.fromEntries(
      kept.map(([name, value]) => [name, name.startsWith("__client_uat") ? "0" : value]),
    ),
  );
}

const known = new WeakMap<Site, Map<string, Cookies>>();

async function signInToBetterAuth(site: Site, { email }: Person): Promise<Cookies> {
  const jars = known.get(site) ?? new Map<string, Cookies>();
  known.set(site, jars);
  const cookies = jars.get(email);
  const password = "a-password-of-this-benchmark";
  const response = cookies
    ? await fetch(`${site.origin}/api/auth/get-session?disableCookieCache=true`, {
        headers: cookieHeader(cookies),
      })
    : await fetch(`${site.origin}/api/auth/sign-up/email`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Origin: site.origin },
        body: JSON.stringify({ email, password, name: "Ada Lovelace" }),
      });
  z.object({ user: z.object({ email: z.literal(email) }) }).parse(await response.json());
  const set = response.headers.getSetCookie().map((cookie) => {
    const [name = "", value = ""] = cookie.split(";", 1)[0]?.split(/=(.*)/) ?? [];
    return [name, value];
  });
  const jar: Cookies = { ...cookies, ...Object.fromEntries(set) };
  jars.set(email, jar);
  return jar;
}
